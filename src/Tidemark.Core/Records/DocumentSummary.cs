using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>One live document, as <c>list</c> and <c>show</c> print it.</summary>
public sealed record DocumentSummary
{
    public required string Id { get; init; }

    public required string Source { get; init; }

    public required string SourceId { get; init; }

    public required ContentHash TextHash { get; init; }

    public required DocumentMetadata Metadata { get; init; }

    public DocumentVersion Version { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? Tier { get; init; }

    public int Chunks { get; init; }

    /// <summary>Commit sequence, run and time of the current state.</summary>
    public long Sequence { get; init; }

    public long Run { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
