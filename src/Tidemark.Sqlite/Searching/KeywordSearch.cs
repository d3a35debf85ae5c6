using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Wording;

namespace Tidemark.Sqlite.Searching;

/// <summary>
/// BM25 over the keyword index: chunks with all words first, then, if those are too few, chunks with any. The cost follows
/// the number of matching rows, so a word that stands almost everywhere is left out where there are rarer ones.
/// </summary>
internal static class KeywordSearch
{
    public static KeywordAnswer Search(SqliteConnection connection, KeywordQuery query, CancellationToken cancellationToken)
    {
        var asked = query.Words();
        var generation = IndexGeneration.Pin(connection, query.Generation);
        if (!generation.Tables.HasKeywords(connection))
        {
            throw generation.Damaged(connection.Path);
        }

        if (asked.IsEmpty)
        {
            return KeywordAnswer.Nothing;
        }

        var filter = ChunkFilter.Read(connection, query.Generation, query.Filter);
        var matcher = new KeywordMatcher(connection, generation.Tables, filter, cancellationToken);
        var (found, whole, corrections) = Find(connection, matcher, generation, asked, query.Limit);
        var hits = HitReader.Read(connection, generation, found, query.Limit);
        if (AnswerDoubt.IsDue(hits.Count, query.Limit) && generation is { Answers: true, Location: null } && IsShort(connection, generation))
        {
            throw generation.Damaged(connection.Path);
        }

        return new KeywordAnswer(hits, whole) { Corrections = corrections };
    }

    /// <summary>Whether chunks are missing, as far as a search can afford to count.</summary>
    private static bool IsShort(SqliteConnection connection, IndexGeneration generation)
    {
        var rows = AnswerDoubt.RowsOf(generation.Chunks);
        return generation.Tables.CountWords(connection, rows) < rows;
    }

    private static (CandidateSet Found, double Whole, IReadOnlyList<WordCorrection> Corrections) Find(
        SqliteConnection connection, KeywordMatcher matcher, IndexGeneration generation, AskedWords asked, int limit)
    {
        try
        {
            var counts = new Dictionary<string, long>(StringComparer.Ordinal);
            var near = NearWords.Of(asked, Count);
            if (near.Words.Count == 0)
            {
                var (hits, all) = Find(matcher, generation, asked, counts, limit);
                return (hits, all, []);
            }

            Vocabulary.Read(connection, generation.Tables, near, matcher.Cancelled);
            var corrections = near.Choose(Count);
            var (found, whole) = Find(matcher, generation, asked.With(corrections), counts, limit);
            return (found, whole, corrections);

            // Counting ends where a word is common; of those that are asked for all the same the count is needed for the score.
            long Count(string word) =>
                counts.TryGetValue(word, out var known) ? known : counts[word] = matcher.Count(word, KeywordChoice.Common);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreCorrupt or ErrorCodes.StoreFailed)
        {
            // FTS5 has its own ways to say that its tables are damaged; a person needs only one.
            throw generation.Damaged(connection.Path, e);
        }
    }

    private static (CandidateSet Found, double Whole) Find(
        KeywordMatcher matcher, IndexGeneration generation, AskedWords asked, Dictionary<string, long> counts, int limit)
    {
        foreach (var word in asked.Words.Select(word => word.Text).Where(word => !counts.ContainsKey(word)))
        {
            counts[word] = matcher.Count(word, KeywordChoice.Common);
        }

        var choice = KeywordChoice.Of(asked, word => counts[word]);
        var ranking = KeywordRanking.Of(
            asked,
            choice,
            word => counts[word] < KeywordChoice.Common ? counts[word] : matcher.Count(word, long.MaxValue),
            generation.Chunks);
        var all = new CandidateSet(limit);
        if (choice.All.Count > 0)
        {
            matcher.Match(KeywordExpression.All(choice, ranking), choice.MostWithAll, all.Add);
        }

        if (all.Count >= limit || choice.IsOneStep || choice.Any.Count == 0)
        {
            return (all, ranking.Whole);
        }

        var any = new CandidateSet(limit);
        matcher.Match(KeywordExpression.Any(choice, ranking), choice.MostWithAny, any.Add);
        return (any, ranking.Whole);
    }
}
