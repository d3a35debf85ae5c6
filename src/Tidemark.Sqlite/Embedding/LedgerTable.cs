using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Embedding;

/// <summary>Writes rows of <c>ledger</c>: one for each month, run and embedding space.</summary>
internal static class LedgerTable
{
    private const string AddRow = """
        INSERT INTO ledger (month, run, space, at, requests, inputs, tokens, estimated, price, cost)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT DO UPDATE SET
          at = excluded.at, requests = requests + excluded.requests, inputs = inputs + excluded.inputs,
          tokens = tokens + excluded.tokens, estimated = estimated + excluded.estimated,
          price = excluded.price, cost = cost + excluded.cost
        """;

    /// <summary>Enters what a receipt says was paid; nothing where nothing was.</summary>
    public static void Add(SqliteConnection connection, long space, EmbeddingReceipt receipt, DateTimeOffset now, long at)
    {
        var (requests, inputs, tokens) = receipt.Usage;
        if (requests == 0 && tokens == 0)
        {
            return;
        }

        using var row = connection.Statement(AddRow);
        row.Bind(1, LedgerMonth.Of(now).Number);
        row.Bind(2, receipt.Run);
        row.Bind(3, space);
        row.Bind(4, at);
        row.Bind(5, requests);
        row.Bind(6, inputs);
        row.Bind(7, tokens);
        row.Bind(8, receipt.EstimatedTokens);
        row.Bind(9, StoredMoney.OfPrice(receipt.PricePerMillionTokens));
        row.Bind(10, StoredMoney.Of(TokenPrice.CostOf(tokens, receipt.PricePerMillionTokens)));
        row.Step();
    }
}
