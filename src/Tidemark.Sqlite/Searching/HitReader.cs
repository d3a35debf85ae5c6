using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Searching;

/// <summary>Turns scored chunks into hits.</summary>
internal static class HitReader
{
    /// <summary>Best first; ties by document, then ordinal, which is known only after reading.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: the records of a chunk that the index holds are gone, or damaged.</exception>
    public static IReadOnlyList<IndexHit> Read(
        SqliteConnection connection, IndexGeneration generation, CandidateSet candidates, int limit)
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
            else if (generation.Location is null)
            {
                // They are written together; an external index is read beside them.
                throw SqliteErrors.Damaged(connection.Path, "records of what its index finds are missing");
            }
        }

        hits.Sort(HitOrder.Instance);
        return hits.Count > limit ? hits.GetRange(0, limit) : hits;
    }
}
