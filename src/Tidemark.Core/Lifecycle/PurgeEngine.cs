using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>Removes for good what is kept of documents that are gone, some at a time; what is held stays.</summary>
internal sealed class PurgeEngine(ITidemarkStore store, string @namespace, DateTimeOffset now)
{
    /// <summary>So many documents in one transaction.</summary>
    private const int Page = 500;

    /// <exception cref="TidemarkException">
    /// <c>hold.held</c>: what was named is held; <c>archive.missing</c>: nothing is kept of what was named, or it is not gone.
    /// </exception>
    public async Task<LifecycleReport> PurgeAsync(PurgeTarget target, LifecycleOptions options, CancellationToken cancellationToken)
    {
        var holds = await LegalHolds.ReadAsync(store, @namespace, cancellationToken).ConfigureAwait(false);
        var (gone, held, chunks) = (new List<string>(), 0L, 0L);
        await foreach (var state in store.Past.GoneAsync(@namespace, cancellationToken).ConfigureAwait(false))
        {
            if (!target.Covers(state, now))
            {
                continue;
            }

            if (!holds.Covers(state.Document))
            {
                gone.Add(state.Document.Id);
                chunks += state.Document.Chunks;
            }
            else
            {
                held = target.IsNamed ? throw holds.Refusal(state.Document) : held + 1;
            }
        }

        if (target.IsNamed && gone.Count == 0)
        {
            throw new TidemarkException(
                ErrorCodes.ArchiveMissing,
                $"nothing is kept of '{target.Document ?? target.SourceId}' that could be purged",
                "'tidemark archive list' lists what is; what is in the index has to be deleted first, in its source");
        }

        var nothing = LifecycleReport.Nothing(options.DryRun) with { Held = held };
        if (options.DryRun)
        {
            return nothing with { Documents = gone.Count, Chunks = chunks };
        }

        var removed = default(PurgeReport);
        foreach (var page in gone.Chunk(Page))
        {
            removed += await store.Maintenance.PurgeAsync(@namespace, page, options.Wait, cancellationToken).ConfigureAwait(false);
        }

        return nothing with { Documents = removed.Documents, Chunks = removed.Chunks };
    }
}
