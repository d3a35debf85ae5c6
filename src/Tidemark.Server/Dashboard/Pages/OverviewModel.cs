using Tidemark.Indexing;
using Tidemark.Reporting;
using Tidemark.Server.Dashboard.Charts;
using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Server.Working;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>Whether somebody has to get up, and why.</summary>
internal sealed record OverviewModel
{
    private const int Runs = 40;
    private const int Hours = 24;

    public required StatusReport Status { get; init; }

    public required ErrorBudget Budget { get; init; }

    /// <summary>Of each hour of the last day, oldest first.</summary>
    public required IReadOnlyList<LagPoint> Lags { get; init; }

    public required IReadOnlyList<SourceFreshness> Sources { get; init; }

    /// <summary>Of the last complete sync that saw something; null: there was none.</summary>
    public double? SkipRate { get; init; }

    /// <summary>What this server is doing.</summary>
    public required IReadOnlyList<Operation> Running { get; init; }

    public static async Task<OverviewModel> ReadAsync(Call call)
    {
        var status = await call.Service.Freshness.OfAsync(call.Namespace).WaitAsync(call.Ended);
        var (runs, _) = await call.Index.RunsAsync(Runs, call.Namespace, call.Ended);
        var now = call.Service.Clock.GetUtcNow();
        var store = await call.Index.OpenStoreAsync(call.Ended);
        var window = await store.Reader.LagsAsync(call.Namespace, now - status.Freshness.Window, now, call.Ended);
        var last = runs.Where(run => run.CompleteSync).Select(RunFigures.Of).FirstOrDefault(run => run.SkipRate is not null);
        return new OverviewModel
        {
            Status = status,
            Budget = ErrorBudget.Of(window, status.Freshness.Sla),
            Lags = await LagsAsync(call, store, now, status.Freshness),
            Sources = SourceFreshness.Of(status, runs, now),
            SkipRate = last?.SkipRate,
            Running = [.. call.Service.Operations.All.Where(one => one.Namespace == call.Namespace && one.End is null)],
        };
    }

    /// <summary>The store counts them by the hour, so that this is a few rows each.</summary>
    private static async Task<IReadOnlyList<LagPoint>> LagsAsync(Call call, ITidemarkStore store, DateTimeOffset now, FreshnessReport freshness)
    {
        var points = new List<LagPoint>(Hours);
        for (var back = Hours - 1; back >= 0; back--)
        {
            var hour = now.AddHours(-back);
            var lags = await store.Reader.LagsAsync(call.Namespace, hour, hour, call.Ended);
            var report = FreshnessReport.Of(lags, freshness.Sla, TimeSpan.FromHours(1), age: null, trying: null);
            points.Add(new LagPoint(hour, report.Changes, report.P50, report.P95, report.P99));
        }

        return points;
    }
}
