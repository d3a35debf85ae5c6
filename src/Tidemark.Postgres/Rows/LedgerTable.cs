using Npgsql;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Reads and writes rows of <c>ledger</c>: one for each month, run, embedding space and cause.</summary>
internal static class LedgerTable
{
    private const string AddRow = """
        insert into ledger as l (month, run, space, cause, at, requests, inputs, tokens, estimated, price, cost, unpriced)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (month, run, space, cause) do update set
          at = excluded.at, requests = l.requests + excluded.requests, inputs = l.inputs + excluded.inputs,
          tokens = l.tokens + excluded.tokens, estimated = l.estimated + excluded.estimated,
          price = excluded.price, cost = l.cost + excluded.cost, unpriced = l.unpriced + excluded.unpriced
        """;

    private const string Sums =
        "coalesce(sum(requests), 0)::bigint, coalesce(sum(inputs), 0)::bigint, coalesce(sum(tokens), 0)::bigint, "
        + "coalesce(sum(estimated), 0)::bigint, coalesce(sum(cost), 0)::bigint, coalesce(sum(unpriced), 0)::bigint";

    private const string MonthRows = $"""
        select month, 0::bigint, cause, count(distinct run)::int, {Sums} from ledger
        where month between $1 and $2 group by month, cause order by month desc, cause
        """;

    private const string RunRows = $"""
        select min(month), run, cause, 1, {Sums} from ledger where run = any($1) group by run, cause
        order by array_position($1, run), cause
        """;

    private const string SpaceRows = $"select {Sums} from ledger where space = (select id from space where name = $1)";

    /// <summary>Enters what a receipt says was paid; nothing where nothing was.</summary>
    public static async Task AddAsync(
        NpgsqlConnection connection, long space, EmbeddingReceipt receipt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sum = LedgerSum.Of(receipt);
        if (sum.Usage is not { Requests: 0, Tokens: 0 })
        {
            await connection.ExecuteAsync(
                AddRow, cancellationToken,
                Sql.Of(LedgerMonth.Of(now).Number), Sql.Of(receipt.Run), Sql.Of(space), Sql.Of((int)receipt.Cause),
                Sql.Of(now.ToStored()), Sql.Of(sum.Usage.Requests), Sql.Of(sum.Usage.Inputs), Sql.Of(sum.Usage.Tokens),
                Sql.Of(sum.EstimatedTokens), Sql.Of(StoredMoney.OfPrice(receipt.PricePerMillionTokens)),
                Sql.Of(StoredMoney.Of(sum.KnownCost)), Sql.Of(sum.UnpricedTokens)).ConfigureAwait(false);
        }
    }

    public static Task<List<LedgerEntry>> MonthsAsync(
        NpgsqlConnection connection, LedgerMonth first, LedgerMonth last, CancellationToken cancellationToken) =>
        connection.ListAsync(MonthRows, ReadEntry, cancellationToken, Sql.Of(first.Number), Sql.Of(last.Number));

    public static Task<List<LedgerEntry>> RunsAsync(
        NpgsqlConnection connection, IEnumerable<long> runs, CancellationToken cancellationToken) =>
        connection.ListAsync(RunRows, ReadEntry, cancellationToken, Sql.Of(runs.ToArray()));

    public static async Task<LedgerSum> SpaceAsync(
        NpgsqlConnection connection, EmbeddingSpace space, CancellationToken cancellationToken) =>
        (await connection.ListAsync(
            SpaceRows, row => ReadSum(row, 0), cancellationToken, Sql.Of(StoreText.Encode(space.Name))).ConfigureAwait(false))[0];

    private static LedgerEntry ReadEntry(NpgsqlDataReader row) => new(
        new LedgerMonth(row.GetInt32(0)), row.GetInt64(1), (EmbeddingCause)row.GetInt16(2), row.GetInt32(3), ReadSum(row, 4));

    private static LedgerSum ReadSum(NpgsqlDataReader row, int first) => new(
        new EmbeddingUsage(row.GetInt64(first), row.GetInt64(first + 1), row.GetInt64(first + 2)),
        row.GetInt64(first + 3),
        StoredMoney.Read(row.GetInt64(first + 4)),
        row.GetInt64(first + 5));
}
