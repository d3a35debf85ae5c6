using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>
/// Whoever decides by holds, by what was forgotten, or by the secret that its names are hashed with, asks first whether they are what was
/// stored: a row that is gone would act without a word.
/// </summary>
internal static class SafeguardCopies
{
    private static readonly string Differing =
        $"SELECT {Differs("safeguard", CatalogContent.OfSafeguard)}, {Differs("secret", CatalogContent.OfSecret)}";

    public static bool AreEqual(SqliteConnection connection) => DifferingTable(connection) is null;

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: one is gone, or says something else than its copies.</exception>
    public static void Require(SqliteConnection connection)
    {
        if (DifferingTable(connection) is { } table)
        {
            throw new TidemarkException(
                ErrorCodes.StoreCorrupt,
                $"the store '{connection.Path}' is damaged: what is held and what was forgotten is not what was stored (table {table})",
                "run 'VerifyAsync(Repair)': it comes back from its second copy; until then nothing is decided by it");
        }
    }

    private static string? DifferingTable(SqliteConnection connection)
    {
        using var row = connection.Statement(Differing);
        row.Step();
        return row.GetInt64(0) != 0 ? "safeguard" : row.GetInt64(1) != 0 ? "secret" : null;
    }

    private static string Differs(string table, string columns) => $"""
        EXISTS (
          SELECT 1 FROM (SELECT id, {CatalogContent.Of(columns)} AS content FROM {table}) t
          FULL JOIN (SELECT id, first, second FROM catalog WHERE kind = '{table}') k ON k.id = t.id
          WHERE t.content IS NOT k.first OR k.first IS NOT k.second)
        """;
}
