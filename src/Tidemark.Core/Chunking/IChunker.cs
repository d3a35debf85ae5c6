namespace Tidemark.Chunking;

/// <summary>
/// Cuts a document's text into chunks. Pure and deterministic: the same text and settings always give the same chunks,
/// whatever was indexed before.
/// </summary>
public interface IChunker
{
    /// <summary>Name, version and every setting that moves a boundary; part of the pipeline's identity.</summary>
    string Fingerprint { get; }

    /// <summary>
    /// Whether the spans, in order, are the whole text with nothing left out or repeated; then the text need not be
    /// stored a second time.
    /// </summary>
    bool IsPartition { get; }

    /// <returns>Spans in order of <see cref="ChunkSpan.Start"/>; none for an empty or blank text.</returns>
    IReadOnlyList<ChunkSpan> Split(string text);
}
