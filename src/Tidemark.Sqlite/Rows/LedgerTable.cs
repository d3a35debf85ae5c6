using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Reads and writes rows of <c>ledger</c>: one for each month, run, embedding space and cause.</summary>
internal static class LedgerTable
{
    private const string AddRow = """
        INSERT INTO ledger (month, run, space, cause, at, requests, inputs, tokens, estimated, price, cost, unpriced)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        ON CONFLICT DO UPDATE SET
          at = excluded.at, requests = requests + excluded.requests, inputs = inputs + excluded.inputs,
          tokens = tokens + excluded.tokens, estimated = estimated + excluded.estimated,
          price = excluded.price, cost = cost + excluded.cost, unpriced = unpriced + excluded.unpriced
        """;

    private const string Sums =
        "coalesce(sum(requests), 0), coalesce(sum(inputs), 0), coalesce(sum(tokens), 0), "
        + "coalesce(sum(estimated), 0), coalesce(sum(cost), 0), coalesce(sum(unpriced), 0)";

    private const string MonthRows = $"""
        SELECT month, 0, cause, count(DISTINCT run), {Sums} FROM ledger
        WHERE month BETWEEN ?1 AND ?2 GROUP BY month, cause ORDER BY month DESC, cause
        """;

    private const string RunRows = $"""
        SELECT min(month), run, cause, 1, {Sums} FROM ledger WHERE run = ?1 GROUP BY cause ORDER BY cause
        """;

    private const string SpaceRows = $"SELECT {Sums} FROM ledger WHERE space = ?1";

    /// <summary>Enters what a receipt says was paid; nothing where nothing was.</summary>
    public static void Add(SqliteConnection connection, long space, EmbeddingReceipt receipt, DateTimeOffset now)
    {
        var sum = LedgerSum.Of(receipt);
        if (sum.Usage is { Requests: 0, Tokens: 0 })
        {
            return;
        }

        using var row = connection.Statement(AddRow);
        row.Bind(1, LedgerMonth.Of(now).Number);
        row.Bind(2, receipt.Run);
        row.Bind(3, space);
        row.Bind(4, (long)receipt.Cause);
        row.Bind(5, now.ToStored());
        row.Bind(6, sum.Usage.Requests);
        row.Bind(7, sum.Usage.Inputs);
        row.Bind(8, sum.Usage.Tokens);
        row.Bind(9, sum.EstimatedTokens);
        row.Bind(10, StoredMoney.OfPrice(receipt.PricePerMillionTokens));
        row.Bind(11, StoredMoney.Of(sum.KnownCost));
        row.Bind(12, sum.UnpricedTokens);
        row.Step();
    }

    public static List<LedgerEntry> Months(SqliteConnection connection, LedgerMonth first, LedgerMonth last)
    {
        using var row = connection.Statement(MonthRows);
        row.Bind(1, first.Number);
        row.Bind(2, last.Number);
        return ReadAll(row);
    }

    public static List<LedgerEntry> OfRun(SqliteConnection connection, long run)
    {
        using var row = connection.Statement(RunRows);
        row.Bind(1, run);
        return ReadAll(row);
    }

    public static LedgerSum OfSpace(SqliteConnection connection, long space)
    {
        using var row = connection.Statement(SpaceRows);
        row.Bind(1, space);
        row.Step();
        return ReadSum(row, 0);
    }

    private static List<LedgerEntry> ReadAll(SqliteStatement row)
    {
        var entries = new List<LedgerEntry>();
        while (row.Step())
        {
            entries.Add(new LedgerEntry(
                new LedgerMonth(row.GetInt32(0)), row.GetInt64(1), (EmbeddingCause)row.GetInt32(2), row.GetInt32(3),
                ReadSum(row, 4)));
        }

        return entries;
    }

    private static LedgerSum ReadSum(SqliteStatement row, int first) => new(
        new EmbeddingUsage(row.GetInt64(first), row.GetInt64(first + 1), row.GetInt64(first + 2)),
        row.GetInt64(first + 3),
        StoredMoney.Read(row.GetInt64(first + 4)),
        row.GetInt64(first + 5));
}
