using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>One run from its first row to its report.</summary>
internal sealed class SyncRun(RunScope scope)
{
    /// <summary>Whether it stands in the history.</summary>
    public bool HasBegun { get; private set; }

    public async Task<SyncReport> RunAsync(
        IReadOnlyList<OpenedSource> opened, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var former = scope.Session.Catalog.Namespace.Generation;
        var startSequence = scope.Session.Catalog.Namespace.Sequence;
        var rebuilds = former is not null && scope.Request.Rebuild;
        if (rebuilds)
        {
            await scope.Delivery.RequireAsync(scope.Pipeline.Identity, cancellationToken).ConfigureAwait(false);
        }

        var generation = await scope.RequireGenerationAsync(cancellationToken).ConfigureAwait(false);
        var run = await scope.BeginAsync([.. opened.Select(source => source.Source.Name)], cancellationToken).ConfigureAwait(false);
        HasBegun = true;
        await scope.WarnOfOverlapsAsync(opened, cancellationToken).ConfigureAwait(false);
        WarnOfClock(scope.Session.Catalog.Namespace.LastCompleteSync);
        using var meter = scope.Meter(progress);
        var context = Context(generation, meter, startSequence);
        var listing = new ListingRun(context);
        try
        {
            if (rebuilds)
            {
                generation = await RebuildAsync(context, run, former!, cancellationToken).ConfigureAwait(false);
                listing = new ListingRun(Context(generation, meter, scope.Session.Catalog.Namespace.Sequence));
            }

            await listing.RunAsync(opened, cancellationToken).ConfigureAwait(false);
            return await scope.CompleteAsync(listing.End() with { Delivers = true }, cancellationToken).ConfigureAwait(false);
        }
        catch (BudgetReachedException)
        {
            return await scope.CompleteAsync(listing.End(RunOutcome.Budget) with { Delivers = true }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await scope.CompleteAsync(listing.End(RunOutcome.Cancelled), cancellationToken).ConfigureAwait(false);
        }
        catch (ConflictException e)
        {
            // Whoever wrote under a condition hears that it did not hold: nothing is amiss.
            await TryFailAsync(listing.End(RunOutcome.Partial) with { Failure = RunFailure.Of(e) }).ConfigureAwait(false);
            throw;
        }
        catch (Exception e)
        {
            await TryFailAsync(listing.End(RunOutcome.Failed) with { Failure = RunFailure.Of(e) }).ConfigureAwait(false);
            throw;
        }
    }

    private RunContext Context(GenerationRecord generation, ProgressMeter meter, long startSequence) =>
        scope.Context(scope.SinkFor(generation, keepsOrder: true), meter, startSequence, scope.Request.Observer);

    /// <summary>Builds the generation beside the one that answers, and puts it in its place.</summary>
    private async Task<GenerationRecord> RebuildAsync(
        RunContext context, long run, GenerationRecord former, CancellationToken cancellationToken)
    {
        var catalog = scope.Session.Catalog;
        var generation = await catalog.CreateGenerationAsync(scope.Pipeline.Identity, follows: false, cancellationToken).ConfigureAwait(false);
        var sink = new GenerationSink(scope, generation, run);
        await new RebuildRun(context, sink, former).RunAsync(cancellationToken).ConfigureAwait(false);
        await RefusedRebuild.SettleAsync(scope, former, run, sink.Refused, cancellationToken).ConfigureAwait(false);
        if (generation.Pipeline.IsExternal)
        {
            await scope.Delivery.DeliverAsync(generation.Pipeline, cancellationToken).ConfigureAwait(false);
        }

        var left = await scope.Delivery.LeaveAsync(former, generation.Pipeline, cancellationToken).ConfigureAwait(false);
        await catalog.PromoteAsync(generation, keepsFormer: false, cancellationToken).ConfigureAwait(false);
        if (left is not null)
        {
            scope.Tally.Warn(new ItemWarning(
                scope.Request.NamespaceName,
                ErrorCodes.IndexLeft,
                $"nothing of the namespace uses '{left}' any more; it keeps what it held",
                "delete it there if nobody else reads it; it is also deleted when the namespace is dropped"));
        }

        return generation;
    }

    private void WarnOfClock(DateTimeOffset? before)
    {
        if (ClockStep.Back(before, scope.StartedAt) is { } back)
        {
            scope.Tally.Warn(new ItemWarning(
                scope.Request.NamespaceName,
                ErrorCodes.ClockWentBack,
                ClockStep.Message("the last complete sync", back),
                "see that the clock is right now; what was put off by the one that was ahead is taken up"));
        }
    }

    /// <summary>Notes the failure in the history; where even that fails, the first failure is the one to tell.</summary>
    private async Task TryFailAsync(RunEnd end)
    {
        try
        {
            await scope.CompleteAsync(end, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TidemarkException)
        {
            // The next run closes this one as failed.
        }
    }
}
