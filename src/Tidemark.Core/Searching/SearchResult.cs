using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <param name="Space">The embedding space of the generation that answered.</param>
public sealed record SearchResult(string Query, string Space, long Generation, IReadOnlyList<IndexHit> Hits);
