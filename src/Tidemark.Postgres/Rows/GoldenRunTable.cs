using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Rows of <c>golden_run</c>.</summary>
internal static class GoldenRunTable
{
    private const string Insert = """
        insert into golden_run (namespace, generation, at, metric, queries, labelled, missed, score, results)
        select (select id from namespace where name = $1), $2, $3, $4, $5, $6, $7, $8, $9 returning id
        """;

    private const string LetGo = """
        update golden_run set results = null where namespace = (select id from namespace where name = $1) and results is not null
          and id not in (select id from golden_run where namespace = (select id from namespace where name = $1) order by id desc limit $2)
        """;

    private const string Newest = """
        select id, generation, at, metric, queries, labelled, missed, score, results from golden_run
        where namespace = (select id from namespace where name = $1) order by id desc limit $2
        """;

    public static async Task<GoldenRun> AddAsync(
        NpgsqlConnection connection, string @namespace, GoldenRun run, CancellationToken cancellationToken)
    {
        var id = await connection.ScalarAsync<long>(
            Insert,
            cancellationToken,
            Sql.Of(StoreText.Encode(@namespace)),
            Sql.Of(run.Generation),
            Sql.Of(run.At.ToStored()),
            Sql.Of(StoreText.Encode(run.Metric)),
            Sql.Of((long)run.Queries),
            Sql.Of((long)run.Labelled),
            Sql.Of((long)run.Missed),
            Sql.Of(GoldenText.OfScore(run.Score)),
            Sql.Of(StoreText.EncodeOptional(GoldenText.OfResults(run.Results)))).ConfigureAwait(false);
        await connection.ExecuteAsync(
            LetGo, cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(GoldenRun.KeptResults)).ConfigureAwait(false);
        return run with { Id = id };
    }

    public static Task<List<GoldenRun>> ListAsync(
        NpgsqlConnection connection, string @namespace, int limit, CancellationToken cancellationToken) => connection.ListAsync(
        Newest,
        row => new GoldenRun
        {
            Id = row.GetInt64(0),
            Generation = row.GetInt64(1),
            At = StoreTime.FromStored(row.GetInt64(2), "table golden_run", "at"),
            Metric = row.GetStoreText(3),
            Queries = (int)row.GetInt64(4),
            Labelled = (int)row.GetInt64(5),
            Missed = (int)row.GetInt64(6),
            Score = GoldenText.ReadScore(row.IsDBNull(7) ? null : row.GetInt64(7)),
            Results = GoldenText.ReadResults(row.GetOptionalText(8)),
        },
        cancellationToken,
        Sql.Of(StoreText.Encode(@namespace)),
        Sql.Of(limit));

    public static Task ReplaceAsync(
        NpgsqlConnection connection, long run, IReadOnlyList<GoldenResult> results, CancellationToken cancellationToken) => connection.ExecuteAsync(
        "update golden_run set results = $2 where id = $1",
        cancellationToken,
        Sql.Of(run),
        Sql.Of(StoreText.EncodeOptional(GoldenText.OfResults(results))));
}
