using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>Looks whether an index outside of the store has lost what was forgotten. It holds nothing else than what it should, then.</summary>
internal static class OutsideErasure
{
    /// <returns>Null: the index is in the store.</returns>
    public static async Task<ErasureProbe?> ProbeAsync(ITidemarkStore store, string @namespace, CancellationToken cancellationToken)
    {
        if (await store.Outbox.BacklogAsync(@namespace, cancellationToken).ConfigureAwait(false) is not { } backlog)
        {
            return null;
        }

        var place = $"external index '{backlog.Binding.Location}'";
        if (backlog.Pending > 0 || store.ExternalIndexes is not { } indexes)
        {
            return new ErasureProbe(place, Math.Max(1, backlog.Pending));
        }

        try
        {
            return new ErasureProbe(place, await CountAsync(store, @namespace, indexes, backlog.Binding, cancellationToken).ConfigureAwait(false));
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.IndexMissing)
        {
            return new ErasureProbe(place, 0);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.IndexUnavailable or ErrorCodes.IndexRefused or ErrorCodes.IndexForeign)
        {
            return new ErasureProbe($"{place}, which cannot be asked", 1);
        }
    }

    public static string NotCovered(string location) => $"files, logs and backups of the server of '{location}', which may keep what it has deleted";

    private static async Task<long> CountAsync(
        ITidemarkStore store, string @namespace, IExternalIndexes indexes, IndexBinding binding, CancellationToken cancellationToken)
    {
        var index = indexes.Open(binding.Location);
        await using var heldIndex = index.ConfigureAwait(false);
        if (await index.AttachAsync(binding, create: false, cancellationToken).ConfigureAwait(false) is null)
        {
            return 0;
        }

        var expected = (await store.Outbox.EntryIdsAsync(@namespace, cancellationToken).ConfigureAwait(false)).ToHashSet();
        var left = 0L;
        await foreach (var page in index.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            left += EntryId.ParseAll(page.Select(entry => entry.Id)).Count(id => !expected.Contains(id));
        }

        return left;
    }
}
