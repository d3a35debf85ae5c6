namespace Tidemark.Indexing;

/// <summary>Single questions to an index.</summary>
public static class IndexQuestions
{
    /// <summary>Nearest chunks, as of now.</summary>
    /// <exception cref="TidemarkException">As <see cref="IIndexSnapshot.SearchVectorAsync"/>.</exception>
    public static async ValueTask<VectorAnswer> SearchVectorAsync(
        this IVectorIndex index, VectorQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(index);
        var snapshot = index.Snapshot();
        await using var held = snapshot.ConfigureAwait(false);
        return await snapshot.SearchVectorAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Best chunks by words, as of now.</summary>
    /// <exception cref="TidemarkException">As <see cref="IIndexSnapshot.SearchKeywordAsync"/>.</exception>
    public static async ValueTask<KeywordAnswer> SearchKeywordAsync(
        this IVectorIndex index, KeywordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(index);
        var snapshot = index.Snapshot();
        await using var held = snapshot.ConfigureAwait(false);
        return await snapshot.SearchKeywordAsync(query, cancellationToken).ConfigureAwait(false);
    }
}
