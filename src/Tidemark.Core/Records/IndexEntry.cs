using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>One chunk as an external index holds it.</summary>
public sealed record IndexEntry
{
    /// <summary>What the external index calls it.</summary>
    public required EntryId Id { get; init; }

    /// <summary>The chunk's public id, as searches and exports give it.</summary>
    public required string ChunkId { get; init; }

    /// <summary>The id of its document.</summary>
    public required string Document { get; init; }

    /// <summary>The name of the document's source.</summary>
    public required string Source { get; init; }

    /// <summary>The chunk's text.</summary>
    public required string Text { get; init; }

    /// <summary>Of the document.</summary>
    public required DocumentMetadata Metadata { get; init; }

    /// <summary>Empty where the embedding store has lost it.</summary>
    public required ReadOnlyMemory<float> Vector { get; init; }
}
