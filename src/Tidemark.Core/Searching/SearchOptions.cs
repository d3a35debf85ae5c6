using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Searching;

/// <summary>What one search shall do.</summary>
public sealed record SearchOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    internal string NamespaceName => Namespace ?? NamespaceRecord.DefaultName;

    /// <summary>How many chunks, at least 1.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>Vectors, keywords, or both fused.</summary>
    public SearchMode Mode { get; init; }

    /// <summary>
    /// Which documents may be found: by metadata, by path, by source, for instance
    /// <c>MetadataFilter.Parse("lang=en", "year&gt;=2020") with { Path = "docs/guide" }</c>.
    /// </summary>
    public MetadataFilter Filter { get; init; } = MetadataFilter.None;

    /// <summary>
    /// What the index would have answered then; null: what it answers now. As of a moment before the horizon it is an error.
    /// </summary>
    public PointInTime? AsOf { get; init; }

    /// <summary>
    /// Whether what was deleted or has expired and can still be brought back is found as well; hits say so
    /// (<see cref="IndexHit.Archived"/>). Not together with <see cref="AsOf"/>.
    /// </summary>
    public bool IncludeArchived { get; init; }

    /// <summary>Whether what is asked stands in the records, and not in the index.</summary>
    internal bool AsksRecords => AsOf is not null || IncludeArchived;

    /// <summary>
    /// The generation that a migration builds, or has left, is asked in place of the one that answers. Not together with <see cref="AsOf"/> or
    /// <see cref="IncludeArchived"/>.
    /// </summary>
    public bool Beside { get; init; }
}
