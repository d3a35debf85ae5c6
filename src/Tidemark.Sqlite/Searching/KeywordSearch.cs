using Tidemark.Indexing;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Searching;

/// <summary>
/// BM25 over the keyword index: chunks with all words first, then, if those are too few, chunks with any. The cost follows
/// the number of matching rows, so a word that stands almost everywhere is left out where there are rarer ones.
/// </summary>
internal sealed class KeywordSearch(SqliteDatabase database)
{
    public IReadOnlyList<IndexHit> Search(KeywordQuery query, CancellationToken cancellationToken)
    {
        var terms = KeywordTerms.Of(query.Text);
        using var lease = database.Readers.RentSnapshot();
        var connection = lease.Connection;
        var generation = IndexGeneration.Pin(connection, query.Generation);
        if (!generation.Tables.HasKeywords(connection))
        {
            throw generation.Damaged(connection.Path);
        }

        if (terms.Count == 0)
        {
            return [];
        }

        var filter = ChunkFilter.Read(connection, query.Generation, query.Filter);
        var matcher = new KeywordMatcher(connection, generation.Tables, filter, cancellationToken);
        try
        {
            return HitReader.Read(connection, Find(matcher, terms, query.Limit), query.Limit);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreCorrupt or ErrorCodes.StoreFailed)
        {
            // FTS5 has its own ways to say that its tables are damaged; a person needs only one.
            throw generation.Damaged(connection.Path, e);
        }
    }

    private static CandidateSet Find(KeywordMatcher matcher, IReadOnlyList<string> terms, int limit)
    {
        var choice = KeywordChoice.Of(terms, term => matcher.Count(term, KeywordChoice.Common), KeywordChoice.Common);
        var all = new CandidateSet(limit);
        if (choice.All.Count > 0)
        {
            matcher.Match(KeywordTerms.All(choice.All), choice.MostWithAll, all.Add);
        }

        if (all.Count >= limit || choice.IsOneStep || choice.Any.Count == 0)
        {
            return all;
        }

        // A chunk with all words keeps the score of all its words, those among them that the second step leaves out.
        var better = all.Best().ToArray().ToDictionary(c => c.Chunk, c => c.Score);
        var any = new CandidateSet(limit);
        matcher.Match(
            KeywordTerms.Any(choice.Any),
            choice.MostWithAny,
            (chunk, score) => any.Add(chunk, Math.Max(score, better.GetValueOrDefault(chunk))));
        return any;
    }
}
