namespace Tidemark.Queueing;

/// <summary>What one claim takes.</summary>
/// <param name="Limit">At most so many changes.</param>
/// <param name="Visibility">How long they are leased for.</param>
public sealed record ClaimRequest(int Limit, TimeSpan Visibility)
{
    /// <summary>
    /// A change whose worker died this often is claimed alone: whether it is the one that kills workers is known then.
    /// </summary>
    public const int SuspectAfter = 3;

    /// <summary>
    /// A change that would be due, or a lease that would end, later than this from now is due at once: a clock that was ahead wrote
    /// it. Longer than any rest and any lease.
    /// </summary>
    public TimeSpan Horizon { get; init; } = HorizonOf(Visibility, TimeSpan.Zero);

    /// <summary>Bytes of stored changes beyond which no further one is taken; one is always.</summary>
    public long MostBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>Twice the longest rest or lease, so that a step of the clock is none, and some minutes at least.</summary>
    public static TimeSpan HorizonOf(TimeSpan visibility, TimeSpan longestRest)
    {
        var longest = visibility > longestRest ? visibility : longestRest;
        return longest * 2 > LeastHorizon ? longest * 2 : LeastHorizon;
    }

    private static TimeSpan LeastHorizon { get; } = TimeSpan.FromMinutes(10);
}
