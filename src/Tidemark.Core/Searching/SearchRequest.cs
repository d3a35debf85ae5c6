using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <summary>One search.</summary>
public sealed record SearchRequest
{
    /// <summary>Whose active generation answers.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Any text but a blank one; no operator of an engine is honoured in it.</summary>
    public required string Query { get; init; }

    /// <summary>How many chunks, at least 1.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>Vectors, keywords, or both fused.</summary>
    public SearchMode Mode { get; init; }

    /// <summary>Which documents may be found: by metadata, by path, by source.</summary>
    public MetadataFilter Filter { get; init; } = MetadataFilter.None;
}
