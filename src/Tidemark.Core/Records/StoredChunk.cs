using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>A chunk's row as it was read.</summary>
/// <param name="Input">SHA-256 of its embedding input.</param>
/// <param name="Occurrence">Which of the document's chunks with this input it is.</param>
/// <param name="Document">The one that it belongs to.</param>
/// <param name="IsOpen">Whether it has not been closed.</param>
public sealed record StoredChunk(ContentHash Input, int Occurrence, DocumentKey Document, bool IsOpen)
{
    /// <summary>Null where it was not read.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the text, if it was read, is the one that was stored.</summary>
    public bool IsIntact { get; init; } = true;
}
