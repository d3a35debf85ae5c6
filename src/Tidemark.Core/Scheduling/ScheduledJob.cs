namespace Tidemark.Scheduling;

/// <summary>Something that is done again and again.</summary>
/// <param name="Time">When.</param>
/// <param name="Work">Does it once; in real time until the token ends it.</param>
public sealed record ScheduledJob(JobTime Time, Func<CancellationToken, Task<JobResult>> Work)
{
    /// <summary>So much later at most than its time it begins, at random, so that many services do not ask for something at once.</summary>
    public TimeSpan Jitter { get; init; }
}
