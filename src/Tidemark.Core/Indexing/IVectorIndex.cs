namespace Tidemark.Indexing;

/// <summary>
/// What queries read: vectors, keywords and metadata of the live chunks of the active generation. Always rebuildable from
/// records and embeddings.
/// </summary>
public interface IVectorIndex
{
    /// <summary>Nearest chunks by cosine similarity, best first; ties by document, then ordinal.</summary>
    /// <exception cref="TidemarkException">
    /// <c>store.busy</c> (transient): the generation was replaced after it was pinned; pin again.
    /// </exception>
    ValueTask<IReadOnlyList<IndexHit>> SearchVectorAsync(
        VectorQuery query, CancellationToken cancellationToken);

    /// <summary>Best chunks by BM25 (higher is better), best first; ties by document, then ordinal.</summary>
    /// <exception cref="TidemarkException"><c>store.busy</c>, as above.</exception>
    ValueTask<KeywordAnswer> SearchKeywordAsync(KeywordQuery query, CancellationToken cancellationToken);

    /// <summary>Whether any chunk that searches find meets a filter; of a generation that was replaced no answer is given.</summary>
    /// <exception cref="TidemarkException"><c>store.busy</c>, as above.</exception>
    ValueTask<bool> AnyAsync(long generation, MetadataFilter filter, CancellationToken cancellationToken);

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
