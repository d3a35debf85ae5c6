using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Finds what is stored under ids that former releases made of source id and text alone. It was added under its id of today, so it is
/// let go, whatever the cleanup mode: otherwise it would be found twice.
/// </summary>
internal static class FormerNames
{
    private const int Page = 500;

    public static async Task<List<GoneDocument>> FindAsync(
        RunContext run, SourceRun source, CancellationToken cancellationToken)
    {
        var found = new List<GoneDocument>();
        foreach (var ids in source.FormerIds.Chunk(Page))
        {
            foreach (var stored in await StoredLookup.FindAsync(
                run.Session, source.Record.Key, ids, withText: false, cancellationToken).ConfigureAwait(false))
            {
                if (stored is not null && IsFormer(stored, run, source.Record.Key))
                {
                    var glance = stored.Glance;
                    found.Add(new GoneDocument(
                        new LiveDocument(glance.Key, glance.SourceId, glance.Sequence, glance.Chunks, stored.TextHash),
                        Tombstone: null,
                        Replaced: true));
                }
            }
        }

        return found;
    }

    /// <summary>Today, only a document without metadata has such an id.</summary>
    private static bool IsFormer(DocumentRecord stored, RunContext run, SourceKey source) =>
        stored.Glance.State == DocumentState.Live
        && stored.Glance.Source == source
        && stored.Glance.Sequence <= run.StartSequence
        && !stored.Metadata.IsEmpty
        && !run.Marks.Seen.Contains(stored.Glance.Key.Value);
}
