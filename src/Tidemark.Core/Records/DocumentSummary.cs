using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>One live document, as <c>list</c> and <c>show</c> print it.</summary>
public sealed record DocumentSummary
{
    /// <summary>Unique in its namespace.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the source that holds it.</summary>
    public required string Source { get; init; }

    /// <summary>The group that incremental cleanup works on.</summary>
    public required string SourceId { get; init; }

    /// <summary>SHA-256 of the whole text as UTF-8.</summary>
    public required ContentHash TextHash { get; init; }

    /// <summary>Canonical: two that are equal compare equal.</summary>
    public required DocumentMetadata Metadata { get; init; }

    /// <summary>What orders its states; none where the source gives no order.</summary>
    public DocumentVersion Version { get; init; }

    /// <summary>When the source wants it gone; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What has expired is in no answer from that instant on.</summary>
    internal bool IsValidAt(DateTimeOffset time) => !(ExpiresAt <= time);

    /// <summary>As the source says; null: standard.</summary>
    public string? Tier { get; init; }

    /// <summary>Live ones.</summary>
    public int Chunks { get; init; }

    /// <summary>Commit sequence, run and time of the current state.</summary>
    public long Sequence { get; init; }

    /// <summary>The run that wrote its present state.</summary>
    public long Run { get; init; }

    /// <summary>When its present state was committed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
