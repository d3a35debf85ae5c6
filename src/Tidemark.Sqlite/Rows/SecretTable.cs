using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>The one row of <c>secret</c>.</summary>
internal static class SecretTable
{
    public static StoreSecret? Find(SqliteConnection connection)
    {
        using var row = connection.Statement("SELECT salt, signing_key FROM secret ORDER BY id LIMIT 1");
        return row.Step() ? new StoreSecret(row.GetText(0), row.GetText(1)) : null;
    }

    /// <returns>The one that is there.</returns>
    public static StoreSecret Keep(SqliteConnection connection, StoreSecret secret)
    {
        using var row = connection.Statement(
            "INSERT INTO secret (salt, signing_key) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM secret)");
        row.BindText(1, secret.Salt);
        row.BindText(2, secret.SigningKey);
        row.Step();
        return Find(connection)!;
    }
}
