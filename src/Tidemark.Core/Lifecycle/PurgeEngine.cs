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
        var (gone, held) = (new List<string>(), 0L);
        await foreach (var state in GoneDocuments.ListAsync(store, @namespace, now, cancellationToken).ConfigureAwait(false))
        {
            if (state.Until is null && target.Names(state))
            {
                throw new TidemarkException(
                    ErrorCodes.ArchiveMissing,
                    $"'{state.Document.Id}' expired at {Rfc3339.Of(state.Document.ExpiresAt!.Value)}, and is not closed yet",
                    "'ExpireAsync()' closes it; then it can be purged");
            }

            if (!target.Covers(state, now))
            {
                continue;
            }

            if (!holds.Covers(state.Document))
            {
                gone.Add(state.Document.Id);
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
                "'ArchiveAsync()' lists what is; what is in the index has to be deleted first, in its source");
        }

        var removed = default(PurgeReport);
        foreach (var page in gone.Chunk(Page))
        {
            removed += await store.Maintenance.PurgeAsync(@namespace, page, options.Patience, options.DryRun, cancellationToken).ConfigureAwait(false);
        }

        return LifecycleReport.Nothing(options.DryRun) with { Held = held, Documents = removed.Documents, Chunks = removed.Chunks };
    }
}
