using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>One chunk of a document's new state: kept as it is, patched, or new.</summary>
public readonly record struct ChunkWrite
{
    /// <summary>The live chunk that goes on; none for a new one.</summary>
    public ChunkKey Existing { get; init; }

    /// <summary>SHA-256 of its embedding input.</summary>
    public required ContentHash Input { get; init; }

    /// <summary>Which of the document's chunks with this input it is, from 0.</summary>
    public required int Occurrence { get; init; }

    /// <summary>Where it begins in the document's text, in UTF-16 code units.</summary>
    public required int Start { get; init; }

    /// <summary>In UTF-16 code units.</summary>
    public required int Length { get; init; }

    /// <summary>The headings above it, outermost first; null: none.</summary>
    public string? Heading { get; init; }

    /// <summary>Of a new chunk; of a kept one only where its text changed under an unchanged input (normalised hashing).</summary>
    public string? Text { get; init; }

    /// <summary>Of a new chunk, in the generation's space.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }
}
