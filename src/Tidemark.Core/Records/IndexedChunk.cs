using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>One live chunk with everything that a reader gets.</summary>
public sealed record IndexedChunk
{
    public required string Document { get; init; }

    public required string Source { get; init; }

    public required int Ordinal { get; init; }

    public required ContentHash Input { get; init; }

    public required int Occurrence { get; init; }

    public string? Heading { get; init; }

    public required string Text { get; init; }

    public required DocumentMetadata Metadata { get; init; }

    /// <summary>Null unless it was asked for; also null where the embedding is missing.</summary>
    public ReadOnlyMemory<float>? Vector { get; init; }

    public string Id => ChunkId.Of(Document, Input, Occurrence);
}
