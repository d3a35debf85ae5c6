namespace Tidemark.Indexing;

/// <summary>The index as of one moment, that of the first question: whatever is written meanwhile is in no answer of it.</summary>
public interface IIndexSnapshot : IAsyncDisposable
{
    /// <summary>Nearest chunks by cosine similarity, best first; ties by document, then ordinal.</summary>
    /// <exception cref="TidemarkException">
    /// <c>store.busy</c> (transient): the generation was replaced after it was pinned; pin again.
    /// </exception>
    ValueTask<VectorAnswer> SearchVectorAsync(VectorQuery query, CancellationToken cancellationToken);

    /// <summary>Best chunks by BM25 (higher is better), best first; ties by document, then ordinal.</summary>
    /// <exception cref="TidemarkException"><c>store.busy</c>, as above.</exception>
    ValueTask<KeywordAnswer> SearchKeywordAsync(KeywordQuery query, CancellationToken cancellationToken);
}
