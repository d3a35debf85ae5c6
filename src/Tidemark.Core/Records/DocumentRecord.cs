using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>Everything stored of one document's current state.</summary>
public sealed record DocumentRecord
{
    public required DocumentGlance Glance { get; init; }

    public required string Id { get; init; }

    public required string SourceId { get; init; }

    /// <summary>SHA-256 of the UTF-8 text; zero when the document is not live.</summary>
    public ContentHash TextHash { get; init; }

    public DocumentMetadata Metadata { get; init; }

    public DocumentVersion Version { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? Tier { get; init; }

    /// <summary>The live chunks in order; empty when the document is not live.</summary>
    public IReadOnlyList<ChunkRecord> Chunks { get; init; } = [];

    /// <summary>Only where it was asked for, and null then if the store was told not to keep it.</summary>
    public string? Text { get; init; }
}
