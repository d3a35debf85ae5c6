using Tidemark.Indexing;
using Tidemark.Searching;

namespace Tidemark.Agents;

/// <summary>Found documents in their order, each by its best passage; looks deeper as far as it takes.</summary>
/// <param name="search">Given how many passages.</param>
internal sealed class FoundDocuments(Func<int, Task<SearchResult>> search)
{
    private readonly List<IndexHit> _best = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>So many of them, or all.</summary>
    public IReadOnlyList<IndexHit> Best => _best;

    /// <summary>The first answer.</summary>
    public SearchResult Answer { get; private set; } = null!;

    /// <summary>Whether no more is found however deep one looks.</summary>
    public bool IsAll { get; private set; }

    public async Task LookAsync(int depth, int wanted)
    {
        foreach (var deep in SearchDepth.All.Where(deep => deep >= depth))
        {
            var result = await search(deep).ConfigureAwait(false);
            Answer ??= result;
            _best.AddRange(result.Hits.Where(hit => _seen.Add(hit.Chunk.Document)));
            IsAll = result.Hits.Count < deep;
            if (IsAll || _best.Count >= wanted)
            {
                return;
            }
        }
    }
}
