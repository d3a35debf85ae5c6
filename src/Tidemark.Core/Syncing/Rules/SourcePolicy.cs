using System.Text;
using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Syncing.Rules;

/// <summary>The rules of a policy for the documents of one source. Pure.</summary>
internal sealed class SourcePolicy
{
    private readonly string _source;
    private readonly (string Name, TimeToLive Rule)[] _expiry;
    private readonly ulong _mark;

    public SourcePolicy(string source, (string Name, TimeToLive Rule)[] expiry)
    {
        (_source, _expiry) = (source, expiry);
        _mark = expiry.Length == 0 ? 0 : ContentHash.Of(string.Join('\n', expiry.Select(one => DocumentPolicy.Describe(one.Rule)))).Prefix;
    }

    public static SourcePolicy None { get; } = new("", []);

    /// <summary>
    /// What is stored of an item that was judged by these rules: under other rules it proves nothing, so the item is read again.
    /// </summary>
    public ChangeToken Mark(ChangeToken token) => token.MarkedBy(_mark);

    public RuledDocument Apply(Document document)
    {
        var ruled = new RuledDocument(document);
        if (document.ExpiresAt is null && Find(_expiry, rule => rule.Documents, document) is { Rule: { After: not null } rule } found)
        {
            ruled = rule.EndOf(document) is { } end
                ? ruled with { Document = document with { ExpiresAt = end }, By = ruled.By with { ExpiresAt = found.Name } }
                : ruled with { Undated = (found.Name, rule.From) };
        }

        return ruled;
    }

    /// <summary>The first one that covers it.</summary>
    private (string Name, T Rule) Find<T>((string Name, T Rule)[] rules, Func<T, MetadataFilter> documents, Document document)
    {
        byte[]? metadata = null;
        foreach (var one in rules)
        {
            var filter = documents(one.Rule);
            if (filter.Covers(document.Id, _source)
                && (filter.Conditions.Count == 0
                    || MetadataMatcher.Matches(filter, metadata ??= document.Metadata.IsEmpty ? [] : Encoding.UTF8.GetBytes(document.Metadata.Json))))
            {
                return one;
            }
        }

        return default;
    }
}
