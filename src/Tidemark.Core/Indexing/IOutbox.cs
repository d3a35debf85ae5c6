using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>
/// What a store knows of an external index: what waits for it, and which version of each document is published, which is
/// the last one whose entries were all acknowledged. Looking only; see <see cref="IOutboxDrain"/> for the rest.
/// </summary>
public interface IOutbox
{
    /// <summary>How far the external index is behind that answers for a namespace.</summary>
    /// <returns>Null where its index is in the store, or there is no such namespace.</returns>
    ValueTask<IndexBacklog?> BacklogAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>How far the external index of a generation is behind, which may be one beside that which answers.</summary>
    /// <returns>Null where its index is in the store, or there is no such generation.</returns>
    ValueTask<IndexBacklog?> BacklogAsync(long generation, CancellationToken cancellationToken);

    /// <summary>Which external index answers for a generation, and a mark that changes whenever something is published.</summary>
    /// <returns>Null where its index is in the store.</returns>
    ValueTask<PinnedIndex?> PinAsync(long generation, CancellationToken cancellationToken);

    /// <summary>
    /// The chunks of entries that an external index has found: those that are published and meet the query's filter, with
    /// the exact cosine, best first; ties by document, then ordinal. Unknown entries are left out.
    /// </summary>
    ValueTask<ResolvedHits> ResolveAsync(
        VectorQuery query, IReadOnlyList<EntryId> entries, CancellationToken cancellationToken);

    /// <summary>Searches all published chunks that meet the filter, exactly and without the external index.</summary>
    /// <returns>Null where more than <paramref name="most"/> chunks meet it.</returns>
    ValueTask<IReadOnlyList<IndexHit>?> SearchExactAsync(VectorQuery query, int most, CancellationToken cancellationToken);

    /// <summary>The ids of everything that the external index of a generation should hold once nothing waits, of its namespace.</summary>
    ValueTask<IReadOnlyList<EntryId>> EntryIdsAsync(long generation, CancellationToken cancellationToken);

    /// <summary>Those of the named entries that the external index should hold once nothing waits, as it should hold them.</summary>
    ValueTask<IReadOnlyList<IndexEntry>> EntriesAsync(
        string @namespace, IReadOnlyCollection<EntryId> ids, CancellationToken cancellationToken);
}
