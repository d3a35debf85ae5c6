using System.Globalization;

namespace Tidemark.Reporting;

/// <summary>What of the jobs somebody should look at. Pure.</summary>
internal static class JobAlerts
{
    public static IEnumerable<Alert> Of(IReadOnlyList<JobReport> jobs, DateTimeOffset now)
    {
        foreach (var job in jobs)
        {
            if (job.IsOverdue)
            {
                yield return new Alert(AlertCodes.ScheduleOverdue, job.State is null
                    ? $"nobody has carried out '{job.Time.Name}' yet: is anybody doing such work (Jobs.RunAsync())?"
                    : job.State.IsAbandoned(now) ? $"whoever carried '{job.Time.Name}' out went {Seconds(now - (job.State.HeldUntil ?? now))} ago, and nobody took it up: is anybody doing such work (Jobs.RunAsync())?"
                    : $"'{job.Time.Name}' was due {Seconds(now - job.Next!.Value)} ago: is anybody doing such work (Jobs.RunAsync())?");
            }

            if (job.State?.Result is { Trouble: { } trouble, Outcome: var outcome })
            {
                yield return new Alert(AlertCodes.ScheduleFailed, $"'{job.Time.Name}' ended with '{outcome}': {trouble}");
            }

            if (job.IsStale)
            {
                yield return new Alert(
                    AlertCodes.FreshnessSource,
                    $"'{string.Join("', '", job.Time.Sources)}' {(job.Time.Sources.Count == 1 ? "was" : "were")} in step {Seconds(job.Age!.Value)} ago; '{job.Time.Text}' promises {Seconds(job.Promise!.Value)}");
            }
        }
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
