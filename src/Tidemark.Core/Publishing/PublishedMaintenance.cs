using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Publishing;

/// <summary>A namespace is dropped together with all external indexes that it has or has left: first those, so that nothing is left behind unknown.</summary>
internal sealed class PublishedMaintenance(ITidemarkStore store, IExternalIndexes indexes) : IStoreMaintenance
{
    public ValueTask<long> SizeAsync(CancellationToken cancellationToken) => store.Maintenance.SizeAsync(cancellationToken);

    public ValueTask CompactAsync(TimeSpan wait, CancellationToken cancellationToken) => store.Maintenance.CompactAsync(wait, cancellationToken);

    public async ValueTask DropNamespaceAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        var bindings = await BindingsAsync(@namespace, cancellationToken).ConfigureAwait(false);
        var publisher = new IndexPublisher(indexes);
        foreach (var binding in bindings)
        {
            await publisher.RequireReachableAsync(binding, cancellationToken).ConfigureAwait(false);
        }

        foreach (var binding in bindings)
        {
            await publisher.DropAsync(binding, cancellationToken).ConfigureAwait(false);
        }

        await store.Maintenance.DropNamespaceAsync(@namespace, wait, cancellationToken).ConfigureAwait(false);
        foreach (var binding in bindings)
        {
            await new KnownIndexes(store.ServiceEntries, @namespace).RemoveAsync(binding.Location, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<IndexBinding>> BindingsAsync(string @namespace, CancellationToken cancellationToken)
    {
        if (await store.Reader.NamespaceAsync(@namespace, cancellationToken).ConfigureAwait(false) is not { } known)
        {
            return [];
        }

        var bindings = new List<IndexBinding>();
        foreach (var generation in new[] { known.Generation, known.Beside }.OfType<GenerationRecord>())
        {
            if (await store.Outbox.PinAsync(generation.Id, cancellationToken).ConfigureAwait(false) is { } pinned)
            {
                bindings.Add(pinned.Binding);
            }
        }

        bindings.AddRange(await new KnownIndexes(store.ServiceEntries, @namespace).LeftByAsync(known.Generation, known.Beside, cancellationToken).ConfigureAwait(false));
        return [.. bindings.DistinctBy(binding => binding.Location, StringComparer.Ordinal)];
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
