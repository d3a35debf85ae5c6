using System.Text;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>Whose traces are removed: one document's, all of a source id's, or all that meet a filter now.</summary>
public sealed record ForgetTarget
{
    private ForgetTarget()
    {
    }

    /// <summary>The id of one document; null: it is something else.</summary>
    public string? Id { get; private init; }

    /// <summary>A source id; null: it is something else.</summary>
    public string? Group { get; private init; }

    /// <summary>What documents of the index meet; null: it is something else.</summary>
    public MetadataFilter? Filter { get; private init; }

    /// <summary>The ids of documents that are named.</summary>
    internal IReadOnlySet<string> Ids { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The source ids that are named.</summary>
    internal IReadOnlySet<string> Groups { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>One document, also one that was never heard of: it will be refused.</summary>
    public static ForgetTarget Document(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new ForgetTarget { Id = id, Ids = new HashSet<string>(StringComparer.Ordinal) { id } };
    }

    /// <summary>All documents of a source id, also those that are still to come, and what other documents were while they had it.</summary>
    public static ForgetTarget SourceId(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new ForgetTarget { Group = id, Groups = new HashSet<string>(StringComparer.Ordinal) { id } };
    }

    /// <summary>The documents whose metadata meet it as they are, in the index or kept of what is gone; what they were before does not count.</summary>
    public static ForgetTarget Matching(MetadataFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new ForgetTarget { Filter = filter };
    }

    internal static ForgetTarget Named(IReadOnlySet<string> documents, IReadOnlySet<string> sourceIds) => new() { Ids = documents, Groups = sourceIds };

    internal bool Covers(DocumentSummary document) =>
        Ids.Contains(document.Id) || Groups.Contains(document.SourceId) || (Filter is not null && Filter.Covers(document.Id, document.Source)
            && MetadataMatcher.Matches(Filter, Encoding.UTF8.GetBytes(document.Metadata.Json)));
}
