using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>One found chunk.</summary>
/// <param name="Score">Higher is better; what it means depends on the search.</param>
public sealed record IndexHit(IndexedChunk Chunk, double Score)
{
    /// <summary>Where it stands in the document's text; null where that is not known, because the text is not kept.</summary>
    public LineSpan? Lines { get; init; }

    /// <summary>The page that it begins on, from 1, of a text in which form feeds end pages, as that of a PDF file; null: it has none, or as for the lines.</summary>
    public int? Page { get; init; }

    /// <summary>Of a document that is gone and can still be brought back: why and when it went. Null: it is in the index that was asked.</summary>
    public Departure? Archived { get; init; }
}
