using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Syncing;

namespace Tidemark.Verifying;

/// <summary>Proves that source, records and index agree, and repairs the index where they do not.</summary>
public sealed class VerifyEngine(ITidemarkStore store, SyncPipeline pipeline, TimeProvider clock)
{
    private readonly SyncEngine _sync = new(store, pipeline, clock);

    /// <summary>
    /// Compares everything with everything. Repairing rebuilds the index from records and embeddings, without an embedding
    /// call unless the embedding store itself has lost vectors, and then syncs sources that differ; the report is of the
    /// state afterwards.
    /// </summary>
    /// <exception cref="TidemarkException"><c>budget.reached</c>: what was embedded stays; a rerun goes on from there.</exception>
    public async Task<VerifyReport> VerifyAsync(VerifyRequest request, CancellationToken cancellationToken)
    {
        using var span = TidemarkTelemetry.IsEnabled ? TidemarkInstruments.Source.StartActivity("tidemark.verify") : null;
        span?.SetTag("tidemark.namespace", request.Namespace);
        var repaired = 0L;
        var embedded = 0L;
        var check = await store.Index.CheckAsync(request.Namespace, cancellationToken).ConfigureAwait(false);
        if (request.Repair && !check.IsClean)
        {
            embedded = await EmbedAsync(request, check.MissingEmbeddings, cancellationToken).ConfigureAwait(false);
            repaired = await store.Index.RepairAsync(request.Namespace, request.Wait, cancellationToken).ConfigureAwait(false);
            check = await store.Index.CheckAsync(request.Namespace, cancellationToken).ConfigureAwait(false);
        }

        var drift = await CompareAsync(request, cancellationToken).ConfigureAwait(false);
        var synced = 0L;
        if (request.Repair && drift != SourceDrift.None)
        {
            synced = await SyncAsync(request, cancellationToken).ConfigureAwait(false);
            drift = await CompareAsync(request, cancellationToken).ConfigureAwait(false);
            check = await store.Index.CheckAsync(request.Namespace, cancellationToken).ConfigureAwait(false);
        }

        return new VerifyReport(
            check.IsClean && drift == SourceDrift.None,
            check.Documents,
            check.Chunks,
            check.Records,
            check.Vectors,
            check.Keywords,
            check.Missing + check.MissingEmbeddings.Count,
            check.Orphaned,
            check.Stale,
            drift.Missing,
            drift.Extra,
            drift.Changed,
            repaired,
            embedded + synced);
    }

    /// <summary>What live chunks need and the embedding store has lost.</summary>
    /// <returns>How many were sent to the model.</returns>
    private async Task<long> EmbedAsync(
        VerifyRequest request, IReadOnlyList<MissingEmbedding> lost, CancellationToken cancellationToken)
    {
        if (lost.Count == 0)
        {
            return 0;
        }

        var budget = await RunBudget.OpenAsync(
            request.Spending, pipeline.Model, store.Ledger, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var embedding = new EmbeddingPipeline(store.EmbeddingPorts(clock), pipeline.Model, budget?.Embedding);
        var cutter = new DocumentCutter(pipeline);
        await embedding.EmbedAsync(
            [.. lost.Select(missing => new EmbeddingInput(missing.Input, cutter.InputOf(missing.Text), default))],
            new EmbeddingPurpose(0, EmbeddingCause.Repair),
            cancellationToken).ConfigureAwait(false);
        return embedding.Usage.Inputs;
    }

    /// <summary>A plan that reads everything and looks for what a full cleanup would find.</summary>
    private async Task<SourceDrift> CompareAsync(VerifyRequest request, CancellationToken cancellationToken)
    {
        if (request.Sources.Count == 0)
        {
            return SourceDrift.None;
        }

        var plan = await _sync.PlanAsync(
            new SyncRequest
            {
                Namespace = request.Namespace,
                Sources = request.Sources,
                Cleanup = CleanupMode.Full,
                Guard = DeletionGuard.Off,
                Rehash = true,
            },
            progress: null,
            cancellationToken).ConfigureAwait(false);
        return new SourceDrift(plan.Documents.Added, plan.Documents.Deleted, plan.Documents.Updated);
    }

    private async Task<long> SyncAsync(VerifyRequest request, CancellationToken cancellationToken)
    {
        var report = await _sync.SyncAsync(
            new SyncRequest
            {
                Namespace = request.Namespace,
                Sources = request.Sources,
                Rehash = true,
                Wait = request.Wait,
                Spending = request.Spending,
                Command = "verify",
            },
            progress: null,
            cancellationToken).ConfigureAwait(false);
        return report.Embedding.Inputs;
    }

    private sealed record SourceDrift(long Missing, long Extra, long Changed)
    {
        public static SourceDrift None { get; } = new(0, 0, 0);
    }
}
