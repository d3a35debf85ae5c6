using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>A run that ends in a list of what it would do. It decides as <see cref="SyncRun"/> does; its sink writes nothing.</summary>
internal sealed class PlanRun(RunScope scope)
{
    public async Task<SyncReport> RunAsync(
        IReadOnlyList<OpenedSource> opened, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var calibration = await scope.CalibrationAsync().ConfigureAwait(false);
        var sink = new PlanSink(scope.Session, scope.Ports, scope.Pipeline.Model, scope.Purpose, calibration);
        await scope.WarnOfOverlapsAsync(opened, cancellationToken).ConfigureAwait(false);
        var @namespace = scope.Session.Catalog.Namespace;
        var context = scope.Context(sink, scope.Meter(progress), @namespace.Sequence, listener: null);
        if (scope.Request.Rebuild && @namespace.Generation is { } former)
        {
            await new RebuildRun(context, sink, former).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        var listing = new ListingRun(context);
        await listing.RunAsync(opened, cancellationToken).ConfigureAwait(false);
        var report = await scope.ReportAsync(listing.End(), sink.Spent).ConfigureAwait(false) with { Changes = sink.Changes };
        return scope.Budget is { } budget && report.Embedding.Cost > budget.Embedding.Limit
            ? report with { Outcome = RunOutcome.Budget, Budget = budget.ReportPlan(report.Embedding.Cost.Value) }
            : report;
    }
}
