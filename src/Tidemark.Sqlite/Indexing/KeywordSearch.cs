using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Indexing;

/// <summary>
/// BM25 over the keyword index: chunks with all words first, then, if those are too few, chunks with any. The cost follows
/// the number of matching rows, so a word that stands almost everywhere is left out where there are rarer ones.
/// </summary>
internal sealed class KeywordSearch(SqliteDatabase database)
{
    /// <summary>A word in this many chunks is common; so many rows the words of the second step may have together.</summary>
    public const int Common = 20_000;

    /// <summary>
    /// Ranking costs about a microsecond a row, so of more matching chunks than this the newest are ranked. Only queries
    /// of nothing but common words have so many.
    /// </summary>
    public const int MostRanked = 30_000;

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

        var candidates = FindReadable(connection, generation, terms, query, cancellationToken);
        return HitReader.Read(connection, candidates, query.Limit);
    }

    /// <summary>FTS5 has its own ways to say that its tables are damaged; a person needs only one.</summary>
    private static CandidateSet FindReadable(
        SqliteConnection connection,
        IndexGeneration generation,
        IReadOnlyList<string> terms,
        KeywordQuery query,
        CancellationToken cancellationToken)
    {
        try
        {
            return Find(connection, generation, terms, query, cancellationToken);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreCorrupt or ErrorCodes.StoreFailed)
        {
            throw generation.Damaged(connection.Path, e);
        }
    }

    private static CandidateSet Find(
        SqliteConnection connection,
        IndexGeneration generation,
        IReadOnlyList<string> terms,
        KeywordQuery query,
        CancellationToken cancellationToken)
    {
        var filter = ChunkFilter.Read(connection, query.Generation, query.Filter);
        var choice = KeywordChoice.Of(terms, term => Count(connection, generation, term, cancellationToken), Common);
        var all = new CandidateSet(query.Limit);
        if (choice.All.Count > 0)
        {
            var expression = KeywordTerms.All(choice.All);
            Match(connection, generation, expression, filter, all.Add, cancellationToken);
        }

        var hasAll = choice.All.Count > 0 && (all.Count >= query.Limit || choice.Any.Count == 1);
        if (hasAll || choice.Any.Count == 0)
        {
            return all;
        }

        // A chunk with all words keeps the score of all its words, those among them that the second step leaves out.
        var better = all.Best().ToArray().ToDictionary(c => c.Chunk, c => c.Score);
        var any = new CandidateSet(query.Limit);
        Match(
            connection,
            generation,
            KeywordTerms.Any(choice.Any),
            filter,
            (chunk, score) => any.Add(chunk, Math.Max(score, better.GetValueOrDefault(chunk))),
            cancellationToken);
        return any;
    }

    /// <summary>In how many chunks a word stands; counting ends where it is common.</summary>
    private static int Count(
        SqliteConnection connection, IndexGeneration generation, string term, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var table = generation.Tables.Keywords;
        using var count = connection.Statement(
            $"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ?1 LIMIT {Common})");
        count.BindText(1, KeywordTerms.Quote(term).AsSpan());
        return count.Step() ? count.GetInt32(0) : 0;
    }

    private static void Match(
        SqliteConnection connection,
        IndexGeneration generation,
        string expression,
        KeySet? filter,
        Action<long, double> found,
        CancellationToken cancellationToken)
    {
        var table = generation.Tables.Keywords;
        using var rows = connection.Statement(
            $"SELECT rowid, bm25({table}) FROM {table} WHERE {table} MATCH ?1 ORDER BY rowid DESC");
        rows.BindText(1, expression.AsSpan());
        for (var ranked = 0; ranked < MostRanked && rows.Step();)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = rows.GetInt64(0);
            if (filter is null || filter.Contains(chunk))
            {
                found(chunk, -rows.GetDouble(1)); // FTS5 gives smaller numbers to better matches
                ranked++;
            }
        }
    }
}
