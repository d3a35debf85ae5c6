using System.Collections.Frozen;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Brings an index in step with its sources: finds what changed, embeds only that, applies exactly that.</summary>
public sealed class SyncEngine(ITidemarkStore store, SyncPipeline pipeline, TimeProvider clock)
{
    /// <summary>Makes the pipeline of a generation that follows; null: it is not brought along.</summary>
    internal FollowerOpening? Followers { get; init; }

    /// <summary>
    /// One run over all sources of the request. A cancelled run commits the batches that are under way and returns its
    /// report; a rerun goes on from there.
    /// </summary>
    /// <exception cref="TidemarkException">Nothing, or only whole batches, were written.</exception>
    public async Task<SyncReport> SyncAsync(SyncOptions request, CancellationToken cancellationToken)
    {
        var (called, startedAt) = (clock.GetTimestamp(), clock.GetUtcNow());
        using var telemetry = RunTelemetry.Start("tidemark.sync", request, clock);
        var held = await HoldAsync(request, ToWrite, cancellationToken).ConfigureAwait(false);
        await using var heldSession = held.Session.ConfigureAwait(false);
        if (held.Request.Approved is { } approved)
        {
            await CheckAsync(held.Request, approved, held.Session.Catalog.Namespace, cancellationToken).ConfigureAwait(false);
        }

        var run = new SyncRun(ScopeOf(held, called));
        try
        {
            var sources = await OpenedSources.OpenAsync(request.ListedSources, cancellationToken).ConfigureAwait(false);
            await using var heldSources = sources.ConfigureAwait(false);
            var report = await run.RunAsync(sources.All, request.Progress, cancellationToken).ConfigureAwait(false);
            telemetry?.Complete(report);
            request.Observer?.OnCompleted(report);
            return report;
        }
        catch (Exception e) when (!run.HasBegun && FailedStart.IsOfRun(e))
        {
            await FailedStart.NoteAsync(held.Session, held.Request, e, startedAt, clock).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The same decisions without an embedding call or a write.</summary>
    public async Task<SyncReport> PlanAsync(SyncOptions request, CancellationToken cancellationToken)
    {
        var called = clock.GetTimestamp();
        using var telemetry = RunTelemetry.Start("tidemark.plan", request, clock);
        var held = await HoldAsync(request, ToLook, cancellationToken).ConfigureAwait(false);
        await using var heldSession = held.Session.ConfigureAwait(false);
        var sources = await OpenedSources.OpenAsync(request.ListedSources, cancellationToken).ConfigureAwait(false);
        await using var heldSources = sources.ConfigureAwait(false);
        var run = new PlanRun(ScopeOf(held, called));
        var report = await run.RunAsync(sources.All, request.Progress, cancellationToken).ConfigureAwait(false);
        telemetry?.Complete(report);
        return report;
    }

    /// <summary>Looks once more, while the lease keeps others from writing, whether what was approved is what there is.</summary>
    private async Task CheckAsync(
        SyncOptions request, ApprovedPlan approved, NamespaceRecord @namespace, CancellationToken cancellationToken)
    {
        var moved = PlanComparison.CompareStore(approved, @namespace);
        var look = request with { Approved = null, Spending = SpendingLimits.None, Progress = null };
        var now = await PlanAsync(look, cancellationToken).ConfigureAwait(false);
        moved.AddRange(PlanComparison.Compare(approved, now));
        if (moved.Count > 0)
        {
            throw new PlanStaleException(
                moved,
                await PlanHistory.FindAsync(store.Reader, @namespace.Name, approved, cancellationToken).ConfigureAwait(false),
                approved.MadeBy);
        }
    }

    private RunScope ScopeOf(HeldNamespace held, long called) =>
        new(store, held.Session, pipeline, held.Request, held.Budget, clock)
        {
            CalledAt = called,
            Followers = Followers,
        };

    private static SessionRequest ToWrite(SyncOptions request) =>
        new(request.NamespaceName, request.Patience, ForPlan: false, request.KeepText)
        {
            Hold = HoldRule.For(request),
            IsRepair = request.ChecksStored,
        };

    private static SessionRequest ToLook(SyncOptions request) =>
        new(request.NamespaceName, request.Patience, ForPlan: true, request.KeepText) { IsRepair = request.ChecksStored };

    /// <summary>
    /// Holds the namespace. A generation that never held a chunk, as a first run leaves it that failed, binds nobody to its
    /// pipeline: it is built anew, which costs nothing.
    /// </summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="session">How the namespace is held for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TidemarkException"><c>pipeline.changed</c>, <c>budget.unpriced</c>, …</exception>
    private async Task<HeldNamespace> HoldAsync(
        SyncOptions request, Func<SyncOptions, SessionRequest> session, CancellationToken cancellationToken)
    {
        var budget = await RunBudget.OpenAsync(
            request.Spending, pipeline.Model, store.Ledger, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        CheckCleanup(request);
        var held = await store.Records.OpenAsync(session(request), cancellationToken).ConfigureAwait(false);
        try
        {
            if (request.Rebuild && held.Catalog.Namespace.Beside is { Follows: true } beside && beside.Pipeline != pipeline.Identity)
            {
                throw GenerationRefusals.Follows(beside, held.Catalog.Namespace.Generation);
            }

            if (request.Rebuild || !PipelineComparison.Differs(held.Catalog.Namespace, pipeline.Identity))
            {
                return new HeldNamespace(
                    held, await WithSuppressionsAsync(request, held.Catalog.Namespace, cancellationToken).ConfigureAwait(false), budget);
            }

            if (!await store.Reader.IsUnusedAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false))
            {
                throw PipelineComparison.Refusal(held.Catalog.Namespace, pipeline.Identity);
            }
        }
        catch
        {
            await held.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await held.DisposeAsync().ConfigureAwait(false);
        held = await store.Records.OpenAsync(session(request with { Rebuild = true }), cancellationToken).ConfigureAwait(false);
        if (await store.Reader.IsUnusedAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false))
        {
            return new HeldNamespace(
                held,
                await WithSuppressionsAsync(request, held.Catalog.Namespace, cancellationToken).ConfigureAwait(false) with { Rebuild = true },
                budget);
        }

        // Another run has filled it between the two.
        await held.DisposeAsync().ConfigureAwait(false);
        return await HoldAsync(request, session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>While the namespace is held: whoever forgets something waits for it.</summary>
    private async Task<SyncOptions> WithSuppressionsAsync(SyncOptions request, NamespaceRecord known, CancellationToken cancellationToken) => request with
    {
        Suppressions = await Suppressions.ReadAsync(store.Safeguards, request.NamespaceName, cancellationToken).ConfigureAwait(false),
        Expired = request.Rehash || request.Force || request.AppendOnly || known.NextExpiry > clock.GetUtcNow() ? FrozenSet<string>.Empty : await store.Reader
            .ExpiredAsync(request.NamespaceName, clock.GetUtcNow(), cancellationToken).Select(document => document.Id)
            .ToHashSetAsync(StringComparer.Ordinal, cancellationToken).ConfigureAwait(false),
    };

    private static void CheckCleanup(SyncOptions request)
    {
        if (request.AppendOnly && request.Cleanup is CleanupMode.Full or CleanupMode.Incremental)
        {
            throw new TidemarkException(
                ErrorCodes.NamespaceAppendOnly,
                $"the namespace '{request.NamespaceName}' is append-only, and the cleanup mode asked for deletes",
                "use CleanupMode.None, or leave SyncOptions.Cleanup out");
        }
    }

    private sealed record HeldNamespace(IRecordSession Session, SyncOptions Request, RunBudget? Budget);
}
