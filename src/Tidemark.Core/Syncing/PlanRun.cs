using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>A run that ends in a list of what it would do. It decides as <see cref="SyncRun"/> does; its sink writes nothing.</summary>
internal sealed class PlanRun(RunScope scope)
{
    public async Task<SyncReport> RunAsync(
        IReadOnlyList<OpenedSource> opened, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var calibration = await scope.CalibrationAsync().ConfigureAwait(false);
        await scope.WarnOfOverlapsAsync(opened, cancellationToken).ConfigureAwait(false);
        var @namespace = scope.Session.Catalog.Namespace;
        var former = scope.Request.Rebuild ? @namespace.Generation : null;
        var rebuilt = former is null ? null : new RebuiltSession(scope.Session, new DocumentCutter(scope.Pipeline));
        var sink = new PlanSink(rebuilt ?? scope.Session, scope.Ports, scope.Pipeline.Model, scope.Purpose, calibration);
        using var meter = scope.Meter(progress);
        var context = scope.Context(sink, meter, @namespace.Sequence, listener: null);
        if (former is not null)
        {
            await new RebuildRun(context, sink, former).RunAsync(cancellationToken).ConfigureAwait(false);
            context = context.Over(rebuilt!);
        }

        var listing = new ListingRun(context);
        await listing.RunAsync(opened, cancellationToken).ConfigureAwait(false);
        var end = listing.End();
        end = rebuilt is null ? end : end with { Sources = [.. end.Sources.Select(rebuilt.AsRebuilt)] };
        var report = await scope.ReportAsync(end, sink.Spent).ConfigureAwait(false) with { Changes = sink.Changes };
        return scope.Budget is { } budget && report.Embedding.Cost > budget.Embedding.Limit
            ? report with { Outcome = RunOutcome.Budget, Budget = budget.ReportPlan(report.Embedding.Cost.Value) }
            : report;
    }
}
