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

    /// <summary>One document, also one that was never heard of: it will be refused.</summary>
    public static ForgetTarget Document(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new ForgetTarget { Id = id };
    }

    /// <summary>All documents of a source id, also those that are still to come.</summary>
    public static ForgetTarget SourceId(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new ForgetTarget { Group = id };
    }

    /// <summary>The documents whose metadata meet it, in the index or kept of what is gone.</summary>
    public static ForgetTarget Matching(MetadataFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new ForgetTarget { Filter = filter };
    }

    internal bool Covers(DocumentSummary document) =>
        (Id is null || string.Equals(Id, document.Id, StringComparison.Ordinal))
        && (Group is null || string.Equals(Group, document.SourceId, StringComparison.Ordinal))
        && (Filter is null || (Filter.Covers(document.Id, document.Source)
            && MetadataMatcher.Matches(Filter, Encoding.UTF8.GetBytes(document.Metadata.Json))));
}
