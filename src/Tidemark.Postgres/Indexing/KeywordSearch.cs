using System.Globalization;
using Npgsql;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Tidemark.Wording;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// BM25 over the words of the chunks, as <see cref="KeywordRanking"/> has it, computed by the server: chunks with all words first,
/// then, if those are too few, chunks with any.
/// </summary>
internal sealed class KeywordSearch(NpgsqlConnection connection, IndexGeneration generation, string schema)
{
    private const int Margin = 16;

    /// <summary>Every query is planned with its words, for what is best depends on how rare they are; compiling it never pays.</summary>
    private const string Settings = "select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)";

    public async Task<KeywordAnswer> SearchAsync(KeywordQuery query, CancellationToken cancellationToken)
    {
        var asked = query.Words();
        if (asked.IsEmpty || query.Limit <= 0)
        {
            return KeywordAnswer.Nothing;
        }

        var answer = await SearchAsync(query, asked, cancellationToken).ConfigureAwait(false);
        await (AnswerDoubt.IsDue(answer.Hits.Count, query.Limit) && generation.Location is null
            ? generation.RequireWordsAsync(connection, cancellationToken)
            : Task.CompletedTask).ConfigureAwait(false);
        return answer;
    }

    /// <summary>A word as the server's query language has it, in a text or above it.</summary>
    public static string Quote(string term) => $"({QuoteOne(term)} | {QuoteOne(TermVector.OfCaption(term))})";

    /// <summary>What has any word that begins so.</summary>
    public static string QuoteBeginning(string beginning) => $"{QuoteOne(beginning)}:* | {QuoteOne(TermVector.OfCaption(beginning))}:*";

    private static string QuoteOne(string term) =>
        $"'{term.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private async Task<KeywordAnswer> SearchAsync(KeywordQuery query, AskedWords asked, CancellationToken cancellationToken)
    {
        var counts = await CountAsync(asked, cancellationToken).ConfigureAwait(false);
        var near = NearWords.Of(asked, term => counts[term]);
        IReadOnlyList<WordCorrection> corrections = near.Words.Count == 0
            ? []
            : await new NearTerms(connection, schema, generation).FindAsync(near, cancellationToken).ConfigureAwait(false);
        if (corrections.Count > 0)
        {
            asked = asked.With(corrections);
            counts = await CountAsync(asked, cancellationToken).ConfigureAwait(false);
        }

        return await RankAsync(query, asked, counts, cancellationToken).ConfigureAwait(false) with { Corrections = corrections };
    }

    private Task<Dictionary<string, long>> CountAsync(AskedWords asked, CancellationToken cancellationToken) =>
        TermFrequencies.ReadAsync(connection, schema, generation, [.. asked.Words.Select(word => word.Text)], cancellationToken);

    private async Task<KeywordAnswer> RankAsync(
        KeywordQuery query, AskedWords asked, Dictionary<string, long> counts, CancellationToken cancellationToken)
    {
        var choice = KeywordChoice.Of(asked, term => counts[term]);
        var weights = KeywordRanking.Of(asked, choice, term => counts[term], generation.Chunks);
        var filter = await DocumentFilter.PrepareAsync(connection, generation, query.Filter, cancellationToken).ConfigureAwait(false);
        if (choice.All.Count > 0 && !choice.IsOneStep)
        {
            var phrases = weights.Phrases.Where(phrase => phrase.Pairs.All(pair => choice.All.Contains(pair, StringComparer.Ordinal))).Select(Quote);
            var whole = new Ranking(string.Join(" & ", choice.All.Select(Quote).Concat(phrases)), choice.MostWithAll, weights);
            var all = await FindAsync((query, filter), whole, cancellationToken).ConfigureAwait(false);
            if (all.Count == query.Limit)
            {
                return new KeywordAnswer(all, weights.Whole);
            }
        }

        var part = new Ranking(string.Join(" | ", choice.Any.Select(Quote)), choice.MostWithAny, weights);
        return new KeywordAnswer(
            choice.Any.Count == 0 ? [] : await FindAsync((query, filter), part, cancellationToken).ConfigureAwait(false), weights.Whole);
    }

    /// <summary>Only true positions are of weight A.</summary>
    private static string Quote(RankedPhrase phrase) => $"({InOrder(phrase.Pairs)} | {InOrder(phrase.Pairs.Select(TermVector.OfCaption))})";

    private static string InOrder(IEnumerable<string> pairs) => $"({string.Join(" <-> ", pairs.Select(pair => QuoteOne(pair) + ":A"))})";

    private async Task<List<IndexHit>> FindAsync(
        (KeywordQuery Query, DocumentFilter Filter) asked, Ranking ranking, CancellationToken cancellationToken)
    {
        var (query, filter) = asked;
        for (var wanted = (long)query.Limit + Margin; ; wanted *= 8)
        {
            var batch = connection.CreateBatch();
            await using var held = batch.ConfigureAwait(false);
            batch.Add(Settings);
            batch.Add(
                Rows(filter, ranking),
                [
                    .. filter.Parameters(Sql.Of(ranking.Match), Sql.Of(wanted), Sql.Of(ranking.Weights.PerWord)),
                    .. ranking.Weights.Words.SelectMany(word => new[]
                    {
                        Sql.Of(QuoteOne(word.Text)), Sql.Of(QuoteOne(TermVector.OfCaption(word.Text))), Sql.Of(word.Weight),
                    }),
                    .. ranking.Weights.Phrases.SelectMany(phrase => new[] { Sql.Of(Quote(phrase)), Sql.Of(phrase.Lift) }),
                ]);
            var found = new List<IndexHit>();
            var rows = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using var heldRows = rows.ConfigureAwait(false);
            await rows.NextResultAsync(cancellationToken).ConfigureAwait(false);
            while (await rows.NextAsync(connection, cancellationToken).ConfigureAwait(false))
            {
                found.Add(HitQuery.ReadHit(rows));
            }

            var hits = HitQuery.Best(found, query.Filter, query.Limit);
            if (hits.Count == query.Limit || query.Filter.IsEmpty || found.Count < wanted)
            {
                return hits;
            }
        }
    }

    private string Rows(DocumentFilter filter, Ranking ranking)
    {
        var firstWord = HitQuery.FirstOfFilter + filter.Count;
        var words = ranking.Weights.Words.Count;
        var score = string.Join(
            " + ",
            Enumerable.Range(0, words).Select(i => Score(firstWord + (3 * i), ranking.Weights.Base))
                .Concat(Enumerable.Range(0, ranking.Weights.Phrases.Count).Select(i => Lift(firstWord + (3 * words) + (2 * i)))));
        var passing = HitQuery.Filter(generation, filter, "k", HitQuery.FirstOfFilter);
        var matching = $"{generation.Tables.Keywords} k {passing} where k.terms @@ $1::tsquery";
        var ranked = ranking.Most is { } newest
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"(select k.chunk, k.length, k.terms from {matching} order by k.chunk desc limit {newest}) k")
            : matching;
        return $"""
            with hit as materialized (
              select k.chunk, {score} as score from {ranked}
              order by score desc fetch first $2 rows with ties
            )
            {(generation.Location is null ? HitQuery.Read : HitQuery.ReadPublished)}
            from hit {(generation.Location is null ? HitQuery.From : HitQuery.FromPublished)}
            order by hit.score desc, d.id, u.place limit 2 * $2 + 1024
            """;
    }

    // ts_rank of one word is (1 + 1/4 + 1/9 + … + 1/n²) / (π²/6) if the word stands n times and all weights are 1, which is turned
    // around here: the rest of that series is about 1 / (n + 1/2), and rounding makes n exact. Of 0 times it is null.
    private static string Score(int word, double @base) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        coalesce(${word + 2}::float8 / (1 + ({@base}::float8 + $3::float8 * k.length) / nullif(round(
          1 / (1.6449340668482264 * (1 - ts_rank(array[1, 1, 1, 1]::real[], k.terms, ${word}::tsquery)::float8)) - 0.5)
          + case when k.terms @@ ${word + 1}::tsquery then {KeywordRanking.OfCaption} else 0 end, 0)), 0)
        """);

    private static string Lift(int phrase) => string.Create(
        CultureInfo.InvariantCulture, $"case when k.terms @@ ${phrase}::tsquery then ${phrase + 1}::float8 else 0 end");

    /// <param name="Match">Which chunks, in the server's query language.</param>
    /// <param name="Most">Of the matching chunks only so many are ranked, the newest; null: all.</param>
    /// <param name="Weights">What words and phrases add to a chunk's score.</param>
    private sealed record Ranking(string Match, int? Most, KeywordRanking Weights);
}
