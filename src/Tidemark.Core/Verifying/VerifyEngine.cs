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
    public async Task<VerifyReport> VerifyAsync(VerifyRequest request, CancellationToken cancellationToken)
    {
        using var span = TidemarkTelemetry.IsEnabled ? TidemarkInstruments.Source.StartActivity("tidemark.verify") : null;
        span?.SetTag("tidemark.namespace", request.Namespace);
        var embedding = new EmbeddingPipeline(store.EmbeddingPorts(clock), pipeline.Model);
        var repaired = 0L;
        var check = await store.Index.CheckAsync(request.Namespace, cancellationToken).ConfigureAwait(false);
        if (request.Repair && !check.IsClean)
        {
            repaired = await RepairAsync(request, check, embedding, cancellationToken).ConfigureAwait(false);
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
            embedding.Usage.Inputs + synced);
    }

    private async Task<long> RepairAsync(
        VerifyRequest request, IndexCheck check, EmbeddingPipeline embedding, CancellationToken cancellationToken)
    {
        var cutter = new DocumentCutter(pipeline);
        var lost = check.MissingEmbeddings
            .Select(missing => new EmbeddingInput(missing.Input, cutter.InputOf(missing.Text), default))
            .ToList();
        if (lost.Count > 0)
        {
            var purpose = new EmbeddingPurpose(0, EmbeddingCause.Repair);
            await embedding.EmbedAsync(lost, purpose, cancellationToken).ConfigureAwait(false);
        }

        return await store.Index.RepairAsync(request.Namespace, request.Wait, cancellationToken).ConfigureAwait(false);
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
