using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <summary>
/// Fuses what words and vectors find, whose scores cannot be compared: a hit scores the sum of weight / (60 + rank) over the two lists,
/// rank counted from 1 (Cormack, Clarke and Büttcher, SIGIR 2009). What a hit weighs says how sure its list is of it: by words, how much of
/// the query it answers; by vector, how near it is beside the nearest. What else is found of its document counts a little as well.
/// <c>docs/search.md</c> has what that was measured with.
/// </summary>
public static class ReciprocalRankFusion
{
    /// <summary>Of a hit that is first in both lists and has every word of the query once. What repeats them scores more.</summary>
    public const double Full = 2 / (RankOffset + 1);

    private const double RankOffset = 60;

    /// <summary>A chunk that repeats the words of the query counts for so much more than one that has them, not more.</summary>
    private const double MostOfQuery = 2;

    /// <summary>Of 2, with words: a lexical embedder looks at words as well, and less exactly.</summary>
    private const double OfLexical = 0.4;

    private const double OfSemantic = 0.8;

    /// <summary>Of a lexical embedder: what shares less than this with the query is not near, though nothing be nearer.</summary>
    private const double NearOfLexical = 0.7;

    /// <summary>So many other chunks of its document lift a hit, by so much of what they score.</summary>
    private const int MostOthers = 4;
    private const double OfOthers = 0.05;

    /// <param name="matching">What the words find.</param>
    /// <param name="nearest">What the vector finds: cosines, best first.</param>
    /// <param name="isLexical">The vectors know of words and nothing of meaning.</param>
    /// <param name="limit">How many hits are wanted.</param>
    /// <returns>Best first; ties by document, then ordinal.</returns>
    public static IReadOnlyList<IndexHit> Fuse(KeywordAnswer matching, IReadOnlyList<IndexHit> nearest, bool isLexical, int limit)
    {
        ArgumentNullException.ThrowIfNull(matching);
        ArgumentNullException.ThrowIfNull(nearest);
        var ofVector = isLexical ? OfLexical : OfSemantic;
        var near = nearest.Count > 0 ? Math.Max(nearest[0].Score, isLexical ? NearOfLexical : 0) : 0;
        var fused = new Dictionary<(string, ContentHash, int), IndexHit>();
        Add(fused, matching.Hits, hit => (2 - ofVector) * Cube(Math.Min(hit.Score / matching.Whole, MostOfQuery)));
        Add(fused, nearest, hit => ofVector * (near > 0 ? Square(Math.Max(hit.Score / near, 0)) : 1));
        var hits = Lifted(fused.Values);
        hits.Sort(HitOrder.Instance);
        return hits.Count > limit ? hits.GetRange(0, limit) : hits;
    }

    private static double Square(double value) => value * value;

    private static double Cube(double value) => value * value * value;

    /// <summary>A document of which several chunks are found is what is looked for rather than one that has a chunk like that by chance.</summary>
    private static List<IndexHit> Lifted(IReadOnlyCollection<IndexHit> hits)
    {
        var lifts = hits.GroupBy(hit => hit.Chunk.Document, hit => hit.Score, StringComparer.Ordinal)
            .Select(scores => (Document: scores.Key, Lift: OfOthers * scores.OrderDescending().Skip(1).Take(MostOthers).Sum()))
            .ToDictionary(document => document.Document, document => document.Lift, StringComparer.Ordinal);
        return [.. hits.Select(hit => hit with { Score = hit.Score + lifts[hit.Chunk.Document] })];
    }

    private static void Add(
        Dictionary<(string, ContentHash, int), IndexHit> fused, IReadOnlyList<IndexHit> ranking, Func<IndexHit, double> weigh)
    {
        for (var rank = 1; rank <= ranking.Count; rank++)
        {
            var hit = ranking[rank - 1];
            var key = (hit.Chunk.Document, hit.Chunk.Input, hit.Chunk.Occurrence);
            var score = weigh(hit) / (RankOffset + rank);
            fused[key] = fused.TryGetValue(key, out var known) ? known with { Score = known.Score + score } : hit with { Score = score };
        }
    }
}
