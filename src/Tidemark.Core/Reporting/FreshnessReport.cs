using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>How late the index follows its sources. Pure.</summary>
/// <param name="Window">How far back was looked.</param>
/// <param name="Changes">How many changes the percentiles are of.</param>
/// <param name="P50">Lag from a source's change until it could be found; null where nothing changed.</param>
/// <param name="LastCompleteSyncAge">Null where there was none.</param>
/// <param name="Breached">
/// 5 % of the changes were later than the SLA, or the last complete sync is older than it: when syncing stops, changes
/// that nobody has seen yet are late. Where all sources are databases that are polled, a poll that caught up counts as one.
/// </param>
public sealed record FreshnessReport(
    TimeSpan Sla,
    TimeSpan Window,
    long Changes,
    TimeSpan? P50,
    TimeSpan? P95,
    TimeSpan? P99,
    TimeSpan? LastCompleteSyncAge,
    bool Breached)
{
    /// <param name="lags">First loads among them count only while there is nothing else.</param>
    /// <param name="age">Of the last complete sync.</param>
    /// <param name="trying">How long runs have been tried without one being complete; null: there was one.</param>
    /// <param name="polled">Since all sources were asked what changed, where they are databases that are polled; null: they are listed.</param>
    public static FreshnessReport Of(
        IReadOnlyList<LagCount> lags, TimeSpan sla, TimeSpan window, TimeSpan? age, TimeSpan? trying, TimeSpan? polled = null)
    {
        var isLoad = lags.All(lag => lag.IsFirstLoad);
        var counted = lags.Where(lag => lag.IsFirstLoad == isLoad).OrderBy(lag => lag.Position).ToList();
        var p95 = Percentile(counted, 0.95);
        return new FreshnessReport(
            sla,
            window,
            counted.Sum(lag => lag.Changes),
            Percentile(counted, 0.50),
            p95,
            Percentile(counted, 0.99),
            age,
            p95 > sla || (polled < (age ?? TimeSpan.MaxValue) ? polled : age ?? trying) > sla);
    }

    /// <summary>Nearest rank.</summary>
    private static TimeSpan? Percentile(List<LagCount> lags, double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * lags.Sum(lag => lag.Changes)));
        foreach (var lag in lags)
        {
            if ((rank -= lag.Changes) <= 0)
            {
                return LagScale.Longest(lag.Position);
            }
        }

        return null;
    }
}
