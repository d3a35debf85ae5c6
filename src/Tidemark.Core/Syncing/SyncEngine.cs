using Tidemark.Indexing;

namespace Tidemark.Syncing;

/// <summary>Brings an index in step with its sources: finds what changed, embeds only that, applies exactly that.</summary>
public sealed class SyncEngine(ITidemarkStore store, SyncPipeline pipeline, TimeProvider clock)
{
    public Task<SyncReport> SyncAsync(
        SyncRequest request, IProgress<SyncProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{store}{pipeline}{clock}{request}{progress}{cancellationToken.CanBeCanceled}");

    /// <summary>The same decisions without an embedding call or a write.</summary>
    public Task<SyncReport> PlanAsync(
        SyncRequest request, IProgress<SyncProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{store}{pipeline}{clock}{request}{progress}{cancellationToken.CanBeCanceled}");
}
