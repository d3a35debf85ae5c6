using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Searching;

/// <summary>Turns scored chunks into hits.</summary>
internal static class HitReader
{
    /// <summary>Best first; ties by document, then ordinal, which is known only after reading.</summary>
    public static IReadOnlyList<IndexHit> Read(SqliteConnection connection, CandidateSet candidates, int limit)
    {
        var chunks = new IndexedChunkReader(connection);
        var hits = new List<IndexHit>();
        foreach (var candidate in candidates.Best())
        {
            if (hits.Count >= limit && candidate.Score < hits[limit - 1].Score)
            {
                break;
            }

            if (chunks.Find(candidate.Chunk) is { } chunk)
            {
                hits.Add(new IndexHit(chunk, candidate.Score));
            }
        }

        hits.Sort(HitOrder.Instance);
        return hits.Count > limit ? hits.GetRange(0, limit) : hits;
    }
}
