using Tidemark.Indexing;

namespace Tidemark.Searching;

public sealed record SearchRequest
{
    public string Namespace { get; init; } = "default";

    public required string Query { get; init; }

    public int Limit { get; init; } = 10;

    public SearchMode Mode { get; init; }

    public MetadataFilter Filter { get; init; } = MetadataFilter.None;
}
