using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>One document's place in the queue. Its lease is the token with the time until which it is not due.</summary>
internal sealed record MemoryChange
{
    public required long Number { get; init; }

    public required string Source { get; init; }

    public required DocumentChange Change { get; init; }

    public required long Revision { get; init; }

    public required DateTimeOffset EnqueuedAt { get; init; }

    public required DateTimeOffset AvailableAt { get; init; }

    public long Token { get; init; }

    public int Attempts { get; init; }

    public int Losses { get; init; }

    public ChangeFailure? Failure { get; init; }

    public bool IsDead { get; init; }

    public string Document => ChangeOrder.DocumentOf(Change)!;

    public ChangePriority Priority => ChangePriorities.Of(Change);

    public bool Holds(ChangeLease lease) => Number == lease.Change && Token == lease.Token;

    public QueuedState StateAt(DateTimeOffset now) =>
        IsDead ? QueuedState.Dead : Token != 0 && AvailableAt > now ? QueuedState.Leased : QueuedState.Pending;

    /// <summary>Given back: due from then on.</summary>
    public MemoryChange Returned(DateTimeOffset availableAt) => this with { Token = 0, Losses = 0, AvailableAt = availableAt };
}
