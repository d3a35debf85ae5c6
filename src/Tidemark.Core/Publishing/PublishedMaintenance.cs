using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Publishing;

/// <summary>A namespace is dropped together with its external index: first that one, so that nothing is left behind unknown.</summary>
internal sealed class PublishedMaintenance(ITidemarkStore store, IExternalIndexes indexes) : IStoreMaintenance
{
    public ValueTask<long> SizeAsync(CancellationToken cancellationToken) => store.Maintenance.SizeAsync(cancellationToken);

    public ValueTask CompactAsync(TimeSpan wait, CancellationToken cancellationToken) => store.Maintenance.CompactAsync(wait, cancellationToken);

    public async ValueTask DropNamespaceAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (await store.Outbox.BacklogAsync(@namespace, cancellationToken).ConfigureAwait(false) is { } backlog)
        {
            var index = indexes.Open(backlog.Binding.Location);
            await using var heldIndex = index.ConfigureAwait(false);
            await index.DropAsync(backlog.Binding, cancellationToken).ConfigureAwait(false);
        }

        await store.Maintenance.DropNamespaceAsync(@namespace, wait, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<PurgeReport> PurgeAsync(
        string @namespace, IReadOnlyCollection<string> documents, TimeSpan wait, bool dryRun, CancellationToken cancellationToken) =>
        store.Maintenance.PurgeAsync(@namespace, documents, wait, dryRun, cancellationToken);

    public ValueTask<GarbageReport> CollectAsync(
        HistoryLimits history, DateTimeOffset embeddingsBefore, TimeSpan wait, bool dryRun, CancellationToken cancellationToken) =>
        store.Maintenance.CollectAsync(history, embeddingsBefore, wait, dryRun, cancellationToken);

    public ValueTask<int> ReindexAsync(double from, TimeSpan wait, CancellationToken cancellationToken) =>
        store.Maintenance.ReindexAsync(from, wait, cancellationToken);
}
