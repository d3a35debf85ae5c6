using Tidemark.Indexing;
using Tidemark.Judging;
using Tidemark.Records;

namespace Tidemark.Searching;

/// <summary>Asks golden queries as people ask: by meaning and by words, of one generation from the first to the last.</summary>
/// <param name="search">Answers a query with the best chunks.</param>
/// <param name="namespace">Theirs.</param>
internal sealed class GoldenSearches(Func<string, SearchOptions, CancellationToken, Task<SearchResult>> search, string @namespace)
{
    /// <summary>The generation that answered; null: nothing was asked yet.</summary>
    public long? Generation { get; private set; }

    /// <summary>A <see cref="GoldenSearch"/>.</summary>
    /// <exception cref="TidemarkException">
    /// As a search; <c>embedding.unavailable</c> and the like: by words alone it would be another measure; <c>store.busy</c>: another
    /// generation began to answer meanwhile.
    /// </exception>
    public Task<IReadOnlyList<string>> AskAsync(GoldenQuery query, int depth, CancellationToken cancellationToken) =>
        DocumentRanking.OfAsync(depth, (chunks, stop) => FindAsync(query, chunks, stop), cancellationToken);

    private async Task<IReadOnlyList<string>> FindAsync(GoldenQuery query, int chunks, CancellationToken cancellationToken)
    {
        var options = new SearchOptions { Namespace = @namespace, Limit = chunks, Filter = MetadataFilter.Parse(query.Filter) };
        SearchResult result;
        try
        {
            result = await search(query.Query, options, cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.EmbeddingTooLong or ErrorCodes.EmbeddingRefused)
        {
            throw new TidemarkException(e.Code, $"the golden query '{query.Query}' cannot be asked: {e.Message}", "remove it: RemoveGoldenAsync(QUERY)", e);
        }

        if (result.Degraded is not null)
        {
            var outage = result.Warnings[0];
            throw new TidemarkException(outage.Code, outage.Message, "run it again once the model can be reached: by words alone it is another measure");
        }

        Generation ??= result.Generation;
        return Generation == result.Generation
            ? [.. result.Hits.Select(hit => hit.Chunk.Document)]
            : throw new TidemarkException(ErrorCodes.StoreBusy, "another generation began to answer while golden queries were asked", "run it again");
    }
}
