using Npgsql;
using Tidemark.Indexing;
using Tidemark.Postgres.Storage;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// BM25 (Robertson and Zaragoza 2009, with k1 = 1.2 and b = 0.75) over the words of the chunks, computed by the server. The
/// inverse document frequency is ln(1 + (N - n + 0.5) / (n + 0.5)), so that it is never negative; a chunk's length is counted
/// in estimated tokens.
/// </summary>
internal sealed class KeywordSearch(PostgresDatabase database)
{
    private const int Margin = 16;

    public ValueTask<IReadOnlyList<IndexHit>> SearchAsync(KeywordQuery query, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            var generation = await IndexGeneration.PinAsync(connection, database, query.Generation, cancellationToken).ConfigureAwait(false);
            var terms = TermReader.OfQuery(query.Text);
            try
            {
                return terms.Count == 0 || query.Limit <= 0
                    ? (IReadOnlyList<IndexHit>)[]
                    : await SearchAsync(connection, generation, query, terms, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                await IndexGeneration.PinAsync(connection, database, query.Generation, cancellationToken).ConfigureAwait(false);
                throw generation.Damaged(database, e);
            }
        },
        cancellationToken);

    private static async Task<List<IndexHit>> SearchAsync(
        NpgsqlConnection connection,
        IndexGeneration generation,
        KeywordQuery query,
        IReadOnlyList<string> terms,
        CancellationToken cancellationToken)
    {
        var average = generation.Chunks == 0 ? 1 : Math.Max(1.0, (double)generation.Tokens / generation.Chunks);
        for (var wanted = (long)query.Limit + Margin; ; wanted *= 8)
        {
            var found = await connection.ListAsync(
                Rows(generation, query.Filter),
                HitQuery.ReadHit,
                cancellationToken,
                HitQuery.Parameters(
                    query.Filter,
                    Sql.Of(terms.Select(term => $"'{term}'").ToArray()),
                    Sql.Of(wanted),
                    Sql.Of(average))).ConfigureAwait(false);
            var hits = HitQuery.Best(found, query.Filter, query.Limit);
            if (hits.Count == query.Limit || query.Filter.IsEmpty || found.Count < wanted)
            {
                return hits;
            }
        }
    }

    // ts_rank of one word is (1 + 1/4 + 1/9 + … + 1/n²) / (π²/6) if the word stands n times and all weights are 1, which is turned
    // around here: the rest of that series is about 1 / (n + 1/2), and rounding makes n exact.
    private static string Rows(IndexGeneration generation, MetadataFilter filter)
    {
        var table = generation.Tables.Keywords;
        return $"""
            with word as materialized (
              select w.word::tsquery as word, ln(1 + (greatest(a.total - n.chunks, 0) + 0.5) / (n.chunks + 0.5)) as idf
              from unnest($1::text[]) w(word)
              cross join (select greatest(chunks, 1)::float8 as total from generation where id = {generation.Tables.Number}) a
              cross join lateral (select count(*)::float8 as chunks from {table} where terms @@ w.word::tsquery) n
              where n.chunks > 0
            ), hit as materialized (
              select k.chunk, (
                select sum(w.idf * t.n * 2.2 / (t.n + 1.2 * (0.25 + 0.75 * k.length / $3::float8)))
                from word w cross join lateral (
                  select round(1 / (1.6449340668482264 * (1 - ts_rank(array[1, 1, 1, 1]::real[], k.terms, w.word)::float8)) - 0.5) as n) t
              ) as score
              from {table} k {HitQuery.Filter(generation, filter, "k", HitQuery.FirstOfFilter)}
              where k.terms @@ (select array_to_string($1::text[], ' | ')::tsquery)
              order by score desc fetch first $2 rows with ties
            )
            {(generation.Location is null ? HitQuery.Read : HitQuery.ReadPublished)}
            from hit {(generation.Location is null ? HitQuery.From : HitQuery.FromPublished)}
            order by hit.score desc, d.id, u.place limit 2 * $2 + 1024
            """;
    }
}
