using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// In how many chunks each word of a query stands. In a large generation the share of words that are not rare is taken from the
/// statistics that the server keeps of the column, as of its last ANALYZE (of all of up to 120,000 chunks, of a sample of as many
/// beyond), for counting them would read most of the table; all others are counted.
/// </summary>
internal static class TermFrequencies
{
    /// <summary>
    /// The server's statistics target of each part of the words: ten times as many words are remembered, and three hundred times as
    /// many chunks are looked at.
    /// </summary>
    public const int StatisticsTarget = 200;

    /// <summary>Up to so many chunks everything is counted.</summary>
    private const int CountedUpTo = 2_000;

    /// <summary>What one part knows and another does not is counted: in that one it is rarer than what statistics remember.</summary>
    private const string Known = """
        with part as (
          select relname, greatest(reltuples, 1)::float8 as rows from pg_class
          where relkind = 'r'
            and (oid = to_regclass($2) or oid in (select inhrelid from pg_inherits where inhparent = to_regclass($2))))
        select e.word, sum(e.share * p.rows) / sum(p.rows)
        from part p
        join pg_stats s on s.schemaname = $1 and s.tablename = p.relname and s.attname = 'terms'
        cross join lateral unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) e(word, share)
        where e.word = any($3)
        group by e.word
        having count(*) = (select count(*) from part)
        """;

    public static async Task<Dictionary<string, long>> ReadAsync(
        NpgsqlConnection connection,
        string schema,
        IndexGeneration generation,
        IReadOnlyList<string> terms,
        CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        if (generation.Chunks > CountedUpTo)
        {
            var known = await connection.ListAsync(
                Known,
                row => (Term: row.GetString(0), Share: row.GetDouble(1)),
                cancellationToken,
                Sql.Of(schema),
                Sql.Of(generation.Tables.Keywords),
                Sql.Of(terms.Concat(terms.Select(TermVector.OfCaption)).ToArray())).ConfigureAwait(false);
            var shares = known.ToDictionary(word => word.Term, word => word.Share, StringComparer.Ordinal);
            foreach (var term in terms.Where(shares.ContainsKey))
            {
                // What statistics do not remember of captions is rarer than what they do of texts. How many have it in both nobody knows.
                var (inText, inCaption) = (shares[term], shares.GetValueOrDefault(TermVector.OfCaption(term)));
                var share = inText + inCaption - (inText * inCaption);
                counts[term] = (long)Math.Clamp(Math.Round(share * generation.Chunks), 1, Math.Max(1, generation.Chunks));
            }
        }

        var others = terms.Where(term => !counts.ContainsKey(term)).ToArray();
        if (others.Length > 0)
        {
            var counted = await connection.ListAsync(
                $"""
                select w.place, (select count(*) from {generation.Tables.Keywords} k where k.terms @@ w.word::tsquery)
                from unnest($1::text[]) with ordinality w(word, place)
                """,
                row => (Place: row.GetInt64(0), Chunks: row.GetInt64(1)),
                cancellationToken,
                Sql.Of(others.Select(KeywordSearch.Quote).ToArray())).ConfigureAwait(false);
            foreach (var (place, chunks) in counted)
            {
                counts[others[place - 1]] = chunks;
            }
        }

        return counts;
    }
}
