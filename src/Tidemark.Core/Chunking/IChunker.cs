namespace Tidemark.Chunking;

/// <summary>
/// Cuts a document's text into chunks. Pure and deterministic: the same text and settings always give the same chunks,
/// whatever was indexed before.
/// </summary>
public interface IChunker
{
    /// <summary>Name, version and every setting that moves a boundary; part of the pipeline's identity.</summary>
    string Fingerprint { get; }

    /// <returns>
    /// Spans in order of <see cref="ChunkSpan.Start"/>; none for an empty or blank text. A span that shows nothing (white space) is
    /// left out by whoever asks.
    /// </returns>
    IReadOnlyList<ChunkSpan> Split(string text);
}
