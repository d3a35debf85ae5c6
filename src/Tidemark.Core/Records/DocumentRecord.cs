using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>Everything stored of one document's current state.</summary>
public sealed record DocumentRecord
{
    /// <summary>What decides whether it has to be read at all.</summary>
    public required DocumentGlance Glance { get; init; }

    /// <summary>Unique in its namespace.</summary>
    public required string Id { get; init; }

    /// <summary>The group that incremental cleanup works on.</summary>
    public required string SourceId { get; init; }

    /// <summary>SHA-256 of the UTF-8 text; zero when the document is not live.</summary>
    public ContentHash TextHash { get; init; }

    /// <summary>Canonical: two that are equal compare equal.</summary>
    public DocumentMetadata Metadata { get; init; }

    /// <summary>What orders its states; none where the source gives no order.</summary>
    public DocumentVersion Version { get; init; }

    /// <summary>When the source wants it gone; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>As the source says; null: standard.</summary>
    public string? Tier { get; init; }

    /// <summary>The live chunks in order; empty when the document is not live.</summary>
    public IReadOnlyList<ChunkRecord> Chunks { get; init; } = [];

    /// <summary>
    /// What is stored is not what was written: only <see cref="Glance"/>, <see cref="Id"/> and <see cref="SourceId"/> say
    /// something, as far as they are not what is damaged; whoever writes the
    /// document writes it whole (<see cref="DocumentWrite.Put.Rewrites"/>).
    /// </summary>
    public bool IsDamaged { get; init; }

    /// <summary>Only where it was asked for, and null then if the store was told not to keep it.</summary>
    public string? Text { get; init; }
}
