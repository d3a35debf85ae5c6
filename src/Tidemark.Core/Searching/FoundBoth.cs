using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <param name="Matching">What has the words.</param>
/// <param name="Nearest">What is nearest, best first; empty where no vector was asked for.</param>
internal sealed record FoundBoth(KeywordAnswer Matching, IReadOnlyList<IndexHit> Nearest);
