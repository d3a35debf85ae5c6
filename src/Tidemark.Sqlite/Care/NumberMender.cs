using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// Gives rows with a number that no row ever had one that is free, so that they can be compared and removed like others: what names
/// them by the right one does not find them, and is written anew.
/// </summary>
internal sealed class NumberMender(SqliteConnection connection)
{
    private static readonly (string Table, string Key)[] Keys = [("document", "key"), ("chunk", "key"), ("source_id", "id")];

    private static readonly string[] Steps =
    [
        "UPDATE document SET source_id = 0 WHERE typeof(source_id) <> 'integer' OR source_id NOT BETWEEN 0 AND ?1",
        "DELETE FROM layout WHERE typeof(document) <> 'integer' OR document NOT BETWEEN 1 AND ?1",
        "UPDATE document SET token = NULL WHERE length(token) <> 32",
    ];

    public void Find(DamageList damages)
    {
        foreach (var (table, key) in Keys)
        {
            if (connection.Scalar($"SELECT count(*) FROM {table} WHERE {key} NOT BETWEEN 1 AND ?1", StoredValue.MostKey) is > 0 and var found)
            {
                damages.Add($"table {table}", $"{found} of its rows have a number that was never given", DamageKind.Document);
            }
        }
    }

    public long Run()
    {
        var mended = 0L;
        foreach (var (table, key) in Keys)
        {
            const string Given = "BETWEEN 1 AND ?1";
            while (connection.Scalar($"SELECT EXISTS (SELECT 1 FROM {table} WHERE {key} NOT {Given})", StoredValue.MostKey) > 0)
            {
                mended += Run($"""
                    UPDATE {table} SET {key} = (SELECT coalesce(max({key}), 0) + 1 FROM {table} WHERE {key} {Given})
                    WHERE {key} = (SELECT {key} FROM {table} WHERE {key} NOT {Given} LIMIT 1)
                    """);
            }
        }

        return mended + Steps.Sum(Run);
    }

    private long Run(string sql)
    {
        using var statement = connection.Statement(sql);
        if (statement.Parameters > 0)
        {
            statement.Bind(1, StoredValue.MostKey);
        }

        statement.Run();
        return connection.Changes;
    }
}
