using Tidemark.Indexing;
using Tidemark.Publishing;
using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>Looks whether an index outside of the store has lost what was forgotten. It holds nothing else than what it should, then.</summary>
internal static class OutsideErasure
{
    /// <summary>Of every index outside in which a generation of the namespace is searched, built or kept in step.</summary>
    public static async Task<IReadOnlyList<ErasureProbe>> ProbeAsync(ITidemarkStore store, NamespaceSummary known, CancellationToken cancellationToken)
    {
        var probes = new List<ErasureProbe>();
        foreach (var generation in Outside(known).DistinctBy(one => one.Pipeline.Index, StringComparer.Ordinal))
        {
            if (await store.Outbox.BacklogAsync(generation.Id, cancellationToken).ConfigureAwait(false) is { } backlog)
            {
                probes.Add(await ProbeAsync(store, backlog, cancellationToken).ConfigureAwait(false));
            }
        }

        return probes;
    }

    /// <summary>Where nothing was looked for: what the servers keep besides, and indexes that the namespace has left.</summary>
    public static async Task<IReadOnlyList<string>> NotCoveredAsync(ITidemarkStore store, NamespaceSummary known, CancellationToken cancellationToken)
    {
        var left = await new KnownIndexes(store.ServiceEntries, known.Name).LeftByAsync(known.Generation, known.Beside, cancellationToken).ConfigureAwait(false);
        return
        [
            .. Outside(known).Select(one => one.Pipeline.Index).Distinct(StringComparer.Ordinal)
                .Select(location => $"files, logs and backups of the server of '{location}', which may keep what it has deleted"),
            .. left.Select(binding => $"the index '{binding.Location}', which '{known.Name}' does not use any more: it keeps what it held"),
        ];
    }

    private static IEnumerable<GenerationRecord> Outside(NamespaceSummary known) =>
        new[] { known.Generation, known.Beside }.OfType<GenerationRecord>().Where(one => one.Pipeline.IsExternal);

    private static async Task<ErasureProbe> ProbeAsync(ITidemarkStore store, IndexBacklog backlog, CancellationToken cancellationToken)
    {
        var place = $"external index '{backlog.Binding.Location}'";
        if (backlog.Pending > 0 || store.ExternalIndexes is not { } indexes)
        {
            return new ErasureProbe(place, Math.Max(1, backlog.Pending));
        }

        try
        {
            return new ErasureProbe(place, await CountAsync(store, indexes, backlog, cancellationToken).ConfigureAwait(false));
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

    private static async Task<long> CountAsync(
        ITidemarkStore store, IExternalIndexes indexes, IndexBacklog backlog, CancellationToken cancellationToken)
    {
        var index = indexes.Open(backlog.Binding.Location);
        await using var heldIndex = index.ConfigureAwait(false);
        if (await index.AttachAsync(backlog.Binding, create: false, cancellationToken).ConfigureAwait(false) is null)
        {
            return 0;
        }

        var expected = (await store.Outbox.EntryIdsAsync(backlog.Generation, cancellationToken).ConfigureAwait(false)).ToHashSet();
        var left = 0L;
        await foreach (var page in index.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            left += EntryId.ParseAll(page.Select(entry => entry.Id)).Count(id => !expected.Contains(id));
        }

        return left;
    }
}
