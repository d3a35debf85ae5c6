namespace Tidemark.Scheduling;

/// <summary>What the store remembers of a job: the same for every process that carries it out.</summary>
/// <param name="Name">Which.</param>
/// <param name="TakenAt">When somebody began with it last; before its first time, when it became known.</param>
public sealed record JobState(string Name, DateTimeOffset TakenAt)
{
    /// <summary>When it ended last; null: it has not, or whoever had it is gone.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What came of it last; null: it has not ended yet.</summary>
    public JobResult? Result { get; init; }

    /// <summary>How long it took last; null: it has not ended yet.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>Who has it in hand; null: nobody.</summary>
    public string? Holder { get; init; }

    /// <summary>Until when it is left to whoever has it in hand, unless he says that he lives.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>As it is written in the store; null: it has not been.</summary>
    internal string? Stored { get; init; }

    /// <summary>Whether somebody has it in hand, as far as his clock and this one agree.</summary>
    public bool IsHeld(DateTimeOffset now) => HeldUntil is { } until && until > now && until <= now + DueRule.FurthestHold;

    /// <summary>Whether whoever had it in hand went before it ended.</summary>
    public bool IsAbandoned(DateTimeOffset now) => Holder is not null && !IsHeld(now);
}
