namespace Tidemark.Indexing;

/// <summary>
/// What queries read: vectors, keywords and metadata of the live chunks of the active generation. Always rebuildable from
/// records and embeddings.
/// </summary>
public interface IVectorIndex
{
    /// <summary>What searches ask. What asks twice for one answer does it in one snapshot; it is held no longer than that.</summary>
    IIndexSnapshot Snapshot();

    /// <summary>Whether any chunk that searches find meets a filter; of a generation that was replaced no answer is given.</summary>
    /// <exception cref="TidemarkException"><c>store.busy</c> (transient): it was replaced.</exception>
    ValueTask<bool> AnyAsync(long generation, MetadataFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// Brings what makes searches fast up to what was written since, beside everything that goes on: nobody waits for it, and without it every
    /// search finds the same, more slowly. Where another process is at it nothing is done.
    /// </summary>
    ValueTask TendAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>By what the vectors of a namespace are searched.</summary>
    /// <returns>Null: there are none, or the store searches all in one way.</returns>
    ValueTask<IndexState?> StateAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>Compares records, embeddings, vector entries and keyword entries, all of them, both ways.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    ValueTask<IndexCheck> CheckAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>
    /// Makes vector and keyword index again what records and embeddings say, under the writer lease. Chunks whose
    /// embedding is missing are left out.
    /// </summary>
    /// <returns>How many entries were added, removed or replaced.</returns>
    ValueTask<long> RepairAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken);
}
