using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Publishing;

/// <summary>
/// An external index for vectors, and the store for everything else: what is searched, proved and repaired of both.
/// </summary>
internal sealed class PublishedIndex(ITidemarkStore store, IExternalIndexes indexes) : IVectorIndex
{
    public IIndexSnapshot Snapshot() => new PublishedSnapshot(store, indexes);

    public ValueTask<bool> AnyAsync(long generation, MetadataFilter filter, CancellationToken cancellationToken) =>
        store.Index.AnyAsync(generation, filter, cancellationToken);

    public ValueTask TendAsync(string @namespace, CancellationToken cancellationToken) => store.Index.TendAsync(@namespace, cancellationToken);

    public ValueTask<IndexState?> StateAsync(string @namespace, CancellationToken cancellationToken) => store.Index.StateAsync(@namespace, cancellationToken);

    public async ValueTask<IndexCheck> CheckAsync(string @namespace, CancellationToken cancellationToken)
    {
        var check = await store.Index.CheckAsync(@namespace, cancellationToken).ConfigureAwait(false);
        if (await store.Outbox.BacklogAsync(@namespace, cancellationToken).ConfigureAwait(false) is not { } backlog)
        {
            return check;
        }

        var index = indexes.Open(backlog.Binding.Location);
        await using var heldIndex = index.ConfigureAwait(false);
        var comparison = new IndexComparison(store.Outbox, @namespace, backlog.Generation);
        if (await TryAttachAsync(index, backlog.Binding, cancellationToken).ConfigureAwait(false))
        {
            await comparison.ListAsync(index, cancellationToken).ConfigureAwait(false);
        }

        await comparison.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return check with
        {
            Vectors = comparison.Found,
            Missing = check.Missing + comparison.Missing.Count,
            Orphaned = check.Orphaned + comparison.Orphans.Count,
            Stale = check.Stale + comparison.Stale.Count,
        };
    }

    public async ValueTask<long> RepairAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        var repaired = await store.Index.RepairAsync(@namespace, wait, cancellationToken).ConfigureAwait(false);
        if (await store.Outbox.BacklogAsync(@namespace, cancellationToken).ConfigureAwait(false) is null)
        {
            return repaired;
        }

        var session = await store.Records.OpenAsync(
            new SessionRequest(@namespace, wait, ForPlan: false, KeepText: true), cancellationToken).ConfigureAwait(false);
        await using var heldSession = session.ConfigureAwait(false);
        var drain = await session.TryDrainAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new TidemarkException(
                ErrorCodes.RunLocked,
                $"another run is delivering to the external index of '{@namespace}'",
                "let it finish, or wait for it with SyncOptions.Wait");
        await using var heldDrain = drain.ConfigureAwait(false);
        var backlog = (await store.Outbox.BacklogAsync(@namespace, cancellationToken).ConfigureAwait(false))!;
        return repaired + await RepairAsync(@namespace, backlog, drain, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<bool> TryAttachAsync(
        IExternalIndex index, IndexBinding binding, CancellationToken cancellationToken)
    {
        try
        {
            return await index.AttachAsync(binding, create: false, cancellationToken).ConfigureAwait(false) is not null;
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.IndexMissing)
        {
            return false;
        }
    }

    private async ValueTask<long> RepairAsync(
        string @namespace, IndexBacklog backlog, IOutboxDrain drain, CancellationToken cancellationToken)
    {
        var binding = backlog.Binding;
        var index = indexes.Open(binding.Location);
        await using var heldIndex = index.ConfigureAwait(false);
        if (!await TryAttachAsync(index, binding, cancellationToken).ConfigureAwait(false))
        {
            var made = await index.AttachAsync(binding with { Incarnation = null }, create: true, cancellationToken)
                .ConfigureAwait(false);
            await drain.BindAsync(binding.Location, made!, cancellationToken).ConfigureAwait(false);
        }

        // What waits comes first, so that only what is really wrong counts as repaired.
        await new IndexPublisher(indexes).DrainAsync(drain, binding.Location, cancellationToken).ConfigureAwait(false);
        var comparison = new IndexComparison(store.Outbox, @namespace, backlog.Generation);
        await comparison.ListAsync(index, cancellationToken).ConfigureAwait(false);
        await comparison.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await drain.RepeatAsync([.. comparison.Missing, .. comparison.Stale], cancellationToken).ConfigureAwait(false);
        await new IndexPublisher(indexes).DrainAsync(drain, binding.Location, cancellationToken).ConfigureAwait(false);
        foreach (var orphans in comparison.Orphans.Chunk(IndexComparison.PageSize))
        {
            await index.DeleteAsync(orphans, cancellationToken).ConfigureAwait(false);
        }

        return comparison.Missing.Count + comparison.Stale.Count + comparison.Orphans.Count;
    }
}
