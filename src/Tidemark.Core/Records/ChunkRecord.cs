using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>One live chunk of a document. Identity: document, embedding input, occurrence.</summary>
/// <param name="Input">SHA-256 of the embedding input.</param>
/// <param name="Occurrence">0 for the first chunk of the document with this input, 1 for the second, …</param>
/// <param name="Start">Span in the document's text, in UTF-16 code units.</param>
public readonly record struct ChunkRecord(
    ChunkKey Key, ContentHash Input, int Occurrence, int Start, int Length, string? Heading);
