using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>One chunk of a document's new state: kept as it is, patched, or new.</summary>
public readonly record struct ChunkWrite
{
    /// <summary>The live chunk that goes on; none for a new one.</summary>
    public ChunkKey Existing { get; init; }

    public required ContentHash Input { get; init; }

    public required int Occurrence { get; init; }

    public required int Start { get; init; }

    public required int Length { get; init; }

    public string? Heading { get; init; }

    /// <summary>Of a new chunk; of a kept one only where its text changed under an unchanged input (normalised hashing).</summary>
    public string? Text { get; init; }

    /// <summary>Of a new chunk, in the generation's space.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }
}
