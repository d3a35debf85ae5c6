using Tidemark.Embedding;
using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <summary>Answers queries from the active generation.</summary>
/// <param name="store">The store to ask.</param>
/// <param name="model">The embedding model for queries; its space must be the generation's, otherwise it is an error.</param>
public sealed class SearchEngine(ITidemarkStore store, EmbeddingModel model)
{
    public Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{store}{model}{request}{cancellationToken.CanBeCanceled}");
}
