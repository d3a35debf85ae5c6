using Tidemark.Records;
using Tidemark.Scheduling;

namespace Tidemark.Reporting;

/// <summary>How a job stands.</summary>
/// <param name="Time">When it is due.</param>
/// <param name="State">What the store remembers of it; null: nobody has ever carried it out.</param>
/// <param name="Next">Its next time, perhaps gone by; null: there is none, or it is under way.</param>
/// <param name="IsRunning">Somebody has it in hand.</param>
/// <param name="TimesADay">How often it is due; in real time zero.</param>
/// <param name="Age">Since its sources were in step for certain; null: one never was, or the job keeps no source in step.</param>
public sealed record JobReport(JobTime Time, JobState? State, DateTimeOffset? Next, bool IsRunning, int TimesADay, TimeSpan? Age)
{
    /// <summary>Whoever carries jobs out may be so late.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>Its time came, and nobody took it; or nobody ever did, and its sources are not in step by other means.</summary>
    public bool IsOverdue { get; private init; }

    /// <summary>So old its sources may be by its mode; null: nothing is promised.</summary>
    public TimeSpan? Promise { get; private init; }

    /// <summary>A source of its is staler than its mode promises.</summary>
    public bool IsStale => Promise is { } promise && Age > promise;

    /// <summary>Pure.</summary>
    /// <param name="time">When it is due.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="complete">When its sources were listed completely; null: not all are known to have been.</param>
    /// <param name="now">By the clock.</param>
    internal static JobReport Of(JobTime time, JobState? state, DateTimeOffset? complete, DateTimeOffset now)
    {
        var isRunning = state?.IsHeld(now) == true;
        var next = isRunning ? null : DueRule.Of(time.When, state, now);
        var done = state is { Result: { Trouble: null }, EndedAt: { } ended } && time is { Sources.Count: > 0, Mode: not JobMode.RealTime } ? ended : (DateTimeOffset?)null;
        var promise = time.PromiseAt(now);
        var known = done > complete || complete is null ? done : complete;
        return new JobReport(time, state, next, isRunning, time.Mode == JobMode.RealTime ? 0 : DueRule.TimesADay(time.When, now), AgeOf(known, now))
        {
            Promise = promise,
            IsOverdue = !isRunning && (state is null ? !(AgeOf(complete, now) <= promise) : SinceWhen(state, next, now) + Grace < now),
        };
    }

    /// <summary>A job whose holder went before it ended is due at every moment anew; nobody has it since the time until which it was held.</summary>
    private static DateTimeOffset? SinceWhen(JobState state, DateTimeOffset? next, DateTimeOffset now) =>
        state.IsAbandoned(now) && state.HeldUntil is { } held && held <= now ? held : next;

    /// <summary>Of the runs of a namespace, newest first: since when all of some sources have been listed completely.</summary>
    internal static DateTimeOffset? CompleteOf(IReadOnlyList<RunRecord> runs, IReadOnlyList<string> sources)
    {
        var ends = sources.Select(source => runs.FirstOrDefault(run => run.CompleteSync && run.Sources.Contains(source, StringComparer.Ordinal))?.FinishedAt).ToArray();
        return ends.Contains(null) ? null : ends.Min();
    }

    /// <summary>What lies ahead of the clock is no age.</summary>
    private static TimeSpan? AgeOf(DateTimeOffset? known, DateTimeOffset now) => known is { } at ? (at > now ? TimeSpan.Zero : now - at) : null;
}
