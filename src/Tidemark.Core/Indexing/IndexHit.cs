using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>One found chunk.</summary>
/// <param name="Score">Higher is better; what it means depends on the search.</param>
public sealed record IndexHit(IndexedChunk Chunk, double Score)
{
    /// <summary>Where it stands in the document's text; null where that is not known, because the text is not kept.</summary>
    public LineSpan? Lines { get; init; }
}
