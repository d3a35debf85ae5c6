using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Queueing;

/// <summary>A change that a worker has leased.</summary>
public sealed record ClaimedChange
{
    /// <summary>The right to carry it out.</summary>
    public required ChangeLease Lease { get; init; }

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>The document's id.</summary>
    public required string Document { get; init; }

    /// <summary>An upsert or a tombstone of the document; null: what the store has of it cannot be read.</summary>
    public required DocumentChange? Change { get; init; }

    /// <summary>Attempts that failed before this one.</summary>
    public int Attempts { get; init; }

    /// <summary>How often a lease of it ended without a word: its worker was killed, or was too slow.</summary>
    public int Losses { get; init; }

    /// <summary>When it was enqueued.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }
}
