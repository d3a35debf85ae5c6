namespace Tidemark.Scheduling;

/// <summary>When a job is due. Pure.</summary>
public static class DueRule
{
    /// <summary>Whoever has a job in hand says within this that he lives; else it is another's.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(1);

    /// <summary>What is held until later than this was written by a clock that is wrong.</summary>
    internal static readonly TimeSpan FurthestHold = TimeSpan.FromHours(1);

    /// <summary>
    /// The time at which a job is due. Of the times that passed while nobody was there one is made up for, and those that passed while it ran are
    /// left out. A job that is seen for the first time waits for its next time; one whose holder went before it ended is due at once.
    /// </summary>
    /// <param name="when">Its times.</param>
    /// <param name="state">What is known of it; null: nothing.</param>
    /// <param name="now">By the clock.</param>
    /// <returns>Not later than <paramref name="now"/>: it is due. Null: it never is again.</returns>
    public static DateTimeOffset? Of(IRecurrence when, JobState? state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(when);
        if (state?.IsAbandoned(now) == true)
        {
            return now;
        }

        var last = state is null ? now : state.EndedAt > state.TakenAt ? state.EndedAt.Value : state.TakenAt;
        return when.NextAfter(last > now ? now : last); // a clock that was ahead once holds nothing up
    }

    /// <summary>The longest time between two occurrences, within a year, or of the next 20,000.</summary>
    /// <returns>Null: it happens at most once.</returns>
    public static TimeSpan? LongestGap(IRecurrence when, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(when);
        var (longest, last) = ((TimeSpan?)null, when.NextAfter(now));
        for (var i = 0; i < 20_000 && last is { } from && from < now + TimeSpan.FromDays(400); i++)
        {
            var next = when.NextAfter(from);
            longest = next - from > longest || longest is null ? next - from : longest;
            last = next;
        }

        return longest;
    }

    /// <summary>How often it happens within a day from now, at most 100,000 times.</summary>
    public static int TimesADay(IRecurrence when, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(when);
        if (when is Interval interval)
        {
            return (int)Math.Min(100_000, TimeSpan.FromDays(1) / interval.Length);
        }

        var count = 0;
        for (var next = when.NextAfter(now); next is { } at && at <= now + TimeSpan.FromDays(1) && count < 100_000; next = when.NextAfter(at))
        {
            count++;
        }

        return count;
    }
}
