namespace Tidemark.Scheduling;

/// <summary>When a job is due.</summary>
/// <param name="Name">Among those of its namespace, at most 200 characters: <c>verify</c>, <c>sync docs</c>.</param>
/// <param name="When">Its times; of a job in real time how long it rests before it begins again.</param>
/// <param name="Mode">How it follows.</param>
public sealed record JobTime(string Name, IRecurrence When, JobMode Mode = JobMode.Batch)
{
    /// <summary>When, for people and programs: <c>realtime</c>, else as its times are written.</summary>
    public string Text => Mode == JobMode.RealTime ? "realtime" : When.Text;

    /// <summary>The zone in which its times are meant, for people; null: they name none.</summary>
    public string? Zone { get; init; }

    /// <summary>The sources that it keeps in step.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>In real time: everything is listed this often whatever was heard.</summary>
    public TimeSpan? Complete { get; init; }

    /// <summary>So much later than its time a listing may end.</summary>
    public TimeSpan Slack { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A change of its sources may wait at most so long before a listing that ended meets it: what the mode promises of their freshness. Null: it
    /// keeps no source in step, or nothing can be promised.
    /// </summary>
    /// <param name="now">Gaps between its times are looked for from then on.</param>
    public TimeSpan? PromiseAt(DateTimeOffset now) =>
        Sources.Count == 0 ? null : (Mode == JobMode.RealTime ? Complete : DueRule.LongestGap(When, now)) + Slack;
}
