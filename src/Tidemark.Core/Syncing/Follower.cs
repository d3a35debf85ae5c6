using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Brings a generation that follows in step, inside of a run: cuts the stored texts of what it is behind with, embeds what its space
/// lacks, and writes that generation's rows. The run's own writes know nothing of it; where it cannot go on, it lags.
/// </summary>
internal sealed class Follower(ITidemarkStore store, IRecordSession session, SyncOptions request, FollowerOpening open, TimeProvider clock)
{
    /// <param name="generation">Beside the one that answers.</param>
    /// <param name="run">Notes its number with what is written.</param>
    /// <param name="most">So many documents, or a few more.</param>
    /// <param name="spent">USD that the run has spent of its own limit.</param>
    /// <param name="cancellationToken">Ends it between two pages.</param>
    /// <returns>Also where it failed.</returns>
    public async Task<FollowerReport> FollowAsync(
        GenerationRecord generation, long run, long most, decimal spent, CancellationToken cancellationToken)
    {
        var behind = await BehindAsync().ConfigureAwait(false);
        var waiting = await UndeliveredAsync(generation).ConfigureAwait(false);
        if (behind + waiting == 0 || most <= 0)
        {
            return new FollowerReport(generation.Id, 0, 0, null, behind, null) { Undelivered = waiting };
        }

        RunScope? scope = null;
        RunFailure? failure = null;
        try
        {
            scope = await ScopeAsync(generation, spent, cancellationToken).ConfigureAwait(false);
            await StepAsync(scope, generation, run, most, cancellationToken).ConfigureAwait(false);
        }
        catch (BudgetReachedException)
        {
            failure = Budget(generation);
        }
        catch (TidemarkException e)
        {
            failure = RunFailure.Of(e);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The next run goes on.
        }

        if (scope is null)
        {
            return new FollowerReport(generation.Id, 0, 0, null, behind, failure) { Undelivered = waiting };
        }

        await scope.Embedding.CompleteAsync().ConfigureAwait(false);
        var usage = scope.Embedding.Usage;
        return new FollowerReport(
            generation.Id,
            scope.Tally.Applied,
            scope.Tally.ChunksAdded,
            ReportBuilder.Count(scope.Pipeline.Model, scope.Tally, new EmbeddingSpent(usage, 0, null), AvoidedTokens.None),
            await BehindAsync().ConfigureAwait(false),
            failure)
        {
            Undelivered = await UndeliveredAsync(generation).ConfigureAwait(false),
        };
    }

    /// <summary>Changes that its external index has not acknowledged.</summary>
    private async Task<long> UndeliveredAsync(GenerationRecord generation) =>
        (await store.Outbox.BacklogAsync(generation.Id, CancellationToken.None).ConfigureAwait(false))?.Pending ?? 0;

    /// <summary>Live documents that the generation beside lacks.</summary>
    public async Task<long> BehindAsync() =>
        await store.Reader.NamespaceAsync(request.NamespaceName, CancellationToken.None).ConfigureAwait(false) is { } known
            ? known.Documents - known.DocumentsBeside
            : 0;

    private async Task<RunScope> ScopeAsync(GenerationRecord generation, decimal spent, CancellationToken cancellationToken)
    {
        var pipeline = await open(generation, cancellationToken).ConfigureAwait(false);
        if (pipeline.Identity != generation.Pipeline)
        {
            throw PipelineComparison.Refusal(request.NamespaceName, generation.Pipeline, pipeline.Identity);
        }

        var budget = await RunBudget.OpenAsync(
            request.Spending.After(spent), pipeline.Model, store.Ledger, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return new RunScope(store, session, pipeline, request with { Observer = null, Approved = null, Force = false }, budget, clock);
    }

    private async Task StepAsync(
        RunScope scope, GenerationRecord generation, long run, long most, CancellationToken cancellationToken)
    {
        var active = session.Catalog.Namespace.Generation!;
        var context = scope.Context(
            scope.SinkFor(generation, keepsOrder: true), scope.Meter(null), session.Catalog.Namespace.Sequence, listener: null);
        var rebuild = new RebuildRun(context, new GenerationSink(scope, generation, run), active)
        {
            Documents = stop => session.ListBehindAsync(generation, stop),
            Most = most,
            OnUncut = (_, _) => { }, // it stays behind, and whoever built the generation was told
        };
        await rebuild.RunAsync(cancellationToken).ConfigureAwait(false);
        if (generation.Pipeline.IsExternal)
        {
            await scope.Delivery.DeliverAsync(generation.Pipeline, cancellationToken).ConfigureAwait(false);
        }
    }

    private static RunFailure Budget(GenerationRecord generation) => new(
        ErrorCodes.BudgetReached,
        $"generation {generation.Id} was not brought further: the budget is used up",
        "raise the budget; the next run goes on, and what answers is in step");
}
