using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <summary>
/// Fuses rankings whose scores cannot be compared (Cormack, Clarke and Büttcher, SIGIR 2009): a hit scores the sum of
/// 1 / (60 + rank) over the lists it stands in, rank counted from 1.
/// </summary>
public static class ReciprocalRankFusion
{
    private const double RankOffset = 60;

    /// <param name="rankings">Each best first; a chunk at most once in each.</param>
    /// <param name="limit">How many hits are wanted.</param>
    /// <returns>Best first; ties by document, then ordinal.</returns>
    public static IReadOnlyList<IndexHit> Fuse(IEnumerable<IReadOnlyList<IndexHit>> rankings, int limit)
    {
        var fused = new Dictionary<(string, ContentHash, int), IndexHit>();
        foreach (var ranking in rankings)
        {
            for (var rank = 0; rank < ranking.Count; rank++)
            {
                var chunk = ranking[rank].Chunk;
                var key = (chunk.Document, chunk.Input, chunk.Occurrence);
                var score = 1 / (RankOffset + rank + 1);
                fused[key] = fused.TryGetValue(key, out var known)
                    ? known with { Score = known.Score + score }
                    : new IndexHit(chunk, score);
            }
        }

        var hits = fused.Values.ToList();
        hits.Sort(HitOrder.Instance);
        return hits.Count > limit ? hits.GetRange(0, limit) : hits;
    }
}
