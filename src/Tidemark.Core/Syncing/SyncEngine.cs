using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Brings an index in step with its sources: finds what changed, embeds only that, applies exactly that.</summary>
public sealed class SyncEngine(ITidemarkStore store, SyncPipeline pipeline, TimeProvider clock)
{
    /// <summary>
    /// One run over all sources of the request. A cancelled run commits the batches that are under way and returns its
    /// report; a rerun goes on from there.
    /// </summary>
    /// <exception cref="TidemarkException">Nothing, or only whole batches, were written.</exception>
    public Task<SyncReport> SyncAsync(
        SyncRequest request, IProgress<SyncProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(request, progress, forPlan: false, cancellationToken);

    /// <summary>The same decisions without an embedding call or a write.</summary>
    public Task<SyncReport> PlanAsync(
        SyncRequest request, IProgress<SyncProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(request, progress, forPlan: true, cancellationToken);

    private async Task<SyncReport> RunAsync(
        SyncRequest request, IProgress<SyncProgress>? progress, bool forPlan, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var telemetry = RunTelemetry.Start(request, forPlan);
        var budget = await RunBudget.OpenAsync(
            request.Spending, pipeline.Model, store.Ledger, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        CheckCleanup(request);
        (var session, request) = await OpenAsync(request, forPlan, cancellationToken).ConfigureAwait(false);
        await using var heldSession = session.ConfigureAwait(false);
        if (!forPlan && request.Approved is { } approved)
        {
            await CheckAsync(request, approved, session.Catalog.Namespace, cancellationToken).ConfigureAwait(false);
        }

        var sources = await OpenedSources.OpenAsync(request.Sources, cancellationToken).ConfigureAwait(false);
        await using var heldSources = sources.ConfigureAwait(false);
        var run = new SyncRun(store, session, pipeline.Measured(clock), request, budget, clock);
        var report = forPlan
            ? await run.PlanAsync(sources.All, progress, started, cancellationToken).ConfigureAwait(false)
            : await run.SyncAsync(sources.All, progress, started, cancellationToken).ConfigureAwait(false);
        telemetry?.Complete(report);
        if (!forPlan)
        {
            request.Observer?.OnCompleted(report);
        }

        return report;
    }

    /// <summary>Looks once more, while the lease keeps others from writing, whether what was approved is what there is.</summary>
    private async Task CheckAsync(
        SyncRequest request, ApprovedPlan approved, NamespaceRecord @namespace, CancellationToken cancellationToken)
    {
        var moved = PlanComparison.CompareStore(approved, @namespace);
        var look = request with { Approved = null, Spending = SpendingLimits.None };
        var now = await RunAsync(look, progress: null, forPlan: true, cancellationToken).ConfigureAwait(false);
        moved.AddRange(PlanComparison.Compare(approved, now));
        if (moved.Count > 0)
        {
            throw new PlanStaleException(
                moved,
                await PlanHistory.FindAsync(store.Reader, @namespace.Name, approved, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>
    /// Holds the namespace. A generation that never held a chunk, as a first run leaves it that failed, binds nobody to its
    /// pipeline: it is built anew, which costs nothing.
    /// </summary>
    /// <exception cref="TidemarkException"><c>pipeline.changed</c>.</exception>
    private async Task<(IRecordSession Session, SyncRequest Request)> OpenAsync(
        SyncRequest request, bool forPlan, CancellationToken cancellationToken)
    {
        var session = await HoldAsync(request).ConfigureAwait(false);
        try
        {
            if (request.Rebuild || !PipelineComparison.Differs(session.Catalog.Namespace, pipeline.Identity))
            {
                return (session, request);
            }

            if (!await store.Reader.IsUnusedAsync(request.Namespace, cancellationToken).ConfigureAwait(false))
            {
                throw PipelineComparison.Refusal(session.Catalog.Namespace, pipeline.Identity);
            }
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await session.DisposeAsync().ConfigureAwait(false);
        var anew = await HoldAsync(request with { Rebuild = true }).ConfigureAwait(false);
        if (await store.Reader.IsUnusedAsync(request.Namespace, cancellationToken).ConfigureAwait(false))
        {
            return (anew, request with { Rebuild = true });
        }

        // Another run has filled it between the two.
        await anew.DisposeAsync().ConfigureAwait(false);
        return await OpenAsync(request, forPlan, cancellationToken).ConfigureAwait(false);

        ValueTask<IRecordSession> HoldAsync(SyncRequest held) => store.Records.OpenAsync(
            new SessionRequest(held.Namespace, held.Wait, forPlan, held.KeepText) { Hold = HoldRule.For(held) }, cancellationToken);
    }

    private static void CheckCleanup(SyncRequest request)
    {
        if (request.AppendOnly && request.Cleanup is CleanupMode.Full or CleanupMode.Incremental)
        {
            throw new TidemarkException(
                ErrorCodes.NamespaceAppendOnly,
                $"the namespace '{request.Namespace}' is append-only, and the cleanup mode asked for deletes",
                "use '--cleanup none', or leave --cleanup out");
        }
    }
}
