using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>One chunk as an external index holds it.</summary>
public sealed record IndexEntry
{
    public required EntryId Id { get; init; }

    /// <summary>The chunk's public id, as searches and exports give it.</summary>
    public required string ChunkId { get; init; }

    public required string Document { get; init; }

    public required string Source { get; init; }

    public required string Text { get; init; }

    public required DocumentMetadata Metadata { get; init; }

    /// <summary>Empty where the embedding store has lost it.</summary>
    public required ReadOnlyMemory<float> Vector { get; init; }
}
