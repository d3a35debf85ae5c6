using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <summary>
/// Fuses what words and vectors find, whose scores cannot be compared: a hit scores the sum of weight / (60 + rank) over the two lists,
/// rank counted from 1 (Cormack, Clarke and Büttcher, SIGIR 2009). What a hit weighs says how sure its list is of it: by words, how much of
/// the query it answers; by vector, how near it is beside the nearest. <c>docs/search.md</c> has what that was measured with.
/// </summary>
public static class ReciprocalRankFusion
{
    /// <summary>Of a hit that is first in both lists and has every word of the query once. What repeats them scores more.</summary>
    public const double Full = 2 / (RankOffset + 1);

    private const double RankOffset = 60;

    /// <summary>A chunk that repeats the words of the query counts for so much more than one that has them, not more.</summary>
    private const double MostOfQuery = 2;

    /// <summary>A lexical embedder looks at words as well, and less exactly, so it has the smaller part of the two.</summary>
    private const double OfLexical = 0.8;

    /// <summary>Of a lexical embedder: what shares less than this with the query is not near, though nothing be nearer.</summary>
    private const double NearOfLexical = 0.5;

    /// <param name="matching">What the words find.</param>
    /// <param name="nearest">What the vector finds: cosines, best first.</param>
    /// <param name="isLexical">The vectors know of words and nothing of meaning.</param>
    /// <param name="limit">How many hits are wanted.</param>
    /// <returns>Best first; ties by document, then ordinal.</returns>
    public static IReadOnlyList<IndexHit> Fuse(KeywordAnswer matching, IReadOnlyList<IndexHit> nearest, bool isLexical, int limit)
    {
        ArgumentNullException.ThrowIfNull(matching);
        ArgumentNullException.ThrowIfNull(nearest);
        var ofVector = isLexical ? OfLexical : 1;
        var near = nearest.Count > 0 ? Math.Max(nearest[0].Score, isLexical ? NearOfLexical : 0) : 0;
        var fused = new Dictionary<(string, ContentHash, int), IndexHit>();
        Add(fused, matching.Hits, hit => (2 - ofVector) * OfShare(Math.Min(hit.Score / matching.Whole, MostOfQuery)));
        Add(fused, nearest, hit => ofVector * (near > 0 ? OfNearness(Math.Max(hit.Score / near, 0)) : 1));
        var hits = fused.Values.ToList();
        hits.Sort(HitOrder.Instance);
        return hits.Count > limit ? hits.GetRange(0, limit) : hits;
    }

    /// <summary>To the power of one and a half.</summary>
    private static double OfShare(double share) => share * Math.Sqrt(share);

    private static double OfNearness(double nearness) => nearness * nearness;

    private static void Add(
        Dictionary<(string, ContentHash, int), IndexHit> fused, IReadOnlyList<IndexHit> ranking, Func<IndexHit, double> weigh)
    {
        for (var rank = 1; rank <= ranking.Count; rank++)
        {
            var hit = ranking[rank - 1];
            var key = (hit.Chunk.Document, hit.Chunk.Input, hit.Chunk.Occurrence);
            var score = weigh(hit) / (RankOffset + rank);
            fused[key] = fused.TryGetValue(key, out var known) ? known with { Score = known.Score + score } : new IndexHit(hit.Chunk, score);
        }
    }
}
