using System.Text;
using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Syncing.Rules;

/// <summary>The rules of a policy for the documents of one source. Pure.</summary>
internal sealed class SourcePolicy
{
    private readonly string _source;
    private readonly (string Name, TimeToLive Rule)[] _expiry;
    private readonly (string Name, TierRule Rule)[] _tiers;
    private readonly ulong _mark;

    public SourcePolicy(string source, (string Name, TimeToLive Rule)[] expiry, (string Name, TierRule Rule)[] tiers)
    {
        (_source, _expiry, _tiers) = (source, expiry, tiers);
        string[] rules =
        [
            .. expiry.Select(one => DocumentPolicy.Describe(one.Rule)), .. tiers.Select(one => $"tier {DocumentPolicy.Describe(one.Rule)}"),
        ];
        _mark = rules.Length == 0 ? 0 : ContentHash.Of(string.Join('\n', rules)).Prefix;
    }

    public static SourcePolicy None { get; } = new("", [], []);

    /// <summary>
    /// What is stored of an item that was judged by these rules: under other rules it proves nothing, so the item is read again.
    /// </summary>
    public ChangeToken Mark(ChangeToken token) => token.MarkedBy(_mark);

    public RuledDocument Apply(Document document)
    {
        var ruled = new RuledDocument(document);
        if (string.IsNullOrEmpty(document.Tier) && Find(_tiers, rule => rule.Documents, document) is { Rule: { } tier } named)
        {
            ruled = ruled with { Document = document with { Tier = tier.Stored }, By = ruled.By with { Tier = named.Name } };
        }

        if (document.ExpiresAt is null && Find(_expiry, rule => rule.Documents, document) is { Rule: { After: not null } rule } found)
        {
            ruled = rule.EndOf(document) is { } end
                ? ruled with { Document = ruled.Document with { ExpiresAt = end }, By = ruled.By with { ExpiresAt = found.Name } }
                : ruled with { Undated = (found.Name, rule.From) };
        }

        return ruled;
    }

    /// <summary>The tier that a rule gives it; null: it says one itself, or none does.</summary>
    public string? TierOf(Document document) => string.IsNullOrEmpty(document.Tier) ? Find(_tiers, rule => rule.Documents, document).Rule?.Stored : null;

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
