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

    /// <summary>The generation beside the one that answers is asked.</summary>
    internal bool AsksBeside { get; init; }
}
