using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// Gives rows with a number that no row ever had one that is free, so that they can be compared and removed like others: what names
/// them by the right one does not find them, and is written anew.
/// </summary>
internal sealed class NumberMender(SqliteConnection connection)
{
    // Where a number of the table stands: one that others still name would make the row theirs.
    private static readonly (string Table, string Key, string Numbers)[] Keys =
    [
        ("document", "key", "SELECT key FROM document UNION ALL SELECT document FROM layout UNION ALL SELECT document FROM chunk UNION ALL SELECT document FROM document_history"),
        ("chunk", "key", "SELECT key FROM chunk"),
        ("source_id", "id", "SELECT id FROM source_id UNION ALL SELECT source_id FROM document"),
    ];

    private static readonly string[] Steps =
    [
        "UPDATE document SET source_id = 0 WHERE typeof(source_id) <> 'integer' OR source_id NOT BETWEEN 0 AND ?1",
        "DELETE FROM layout WHERE typeof(document) <> 'integer' OR document NOT BETWEEN 1 AND ?1",
        "UPDATE document SET token = NULL WHERE length(token) <> 32",
    ];

    public void Find(DamageList damages)
    {
        foreach (var (table, key, _) in Keys)
        {
            if (connection.Scalar($"SELECT count(*) FROM {table} WHERE {key} NOT BETWEEN 1 AND ?1", StoredValue.MostKey) is > 0 and var found)
            {
                damages.AddForeignNumbers(table, found);
            }
        }
    }

    public long Run()
    {
        var mended = 0L;
        foreach (var (table, key, numbers) in Keys)
        {
            var wrong = Wrong(table, key);
            var free = wrong.Count == 0 ? 0 : connection.Scalar(
                $"SELECT coalesce(max(number), 0) FROM (SELECT NULL AS number UNION ALL {numbers}) WHERE number BETWEEN 1 AND ?1", StoredValue.MostKey);
            free = wrong.Count > 0 && table == "chunk" ? Math.Max(free, LastListed()) : free;
            foreach (var number in wrong)
            {
                using var update = connection.Statement($"UPDATE {table} SET {key} = ?2 WHERE {key} = ?1");
                update.Bind(1, number);
                update.Bind(2, ++free);
                update.Run();
                mended++;
            }
        }

        return mended + Steps.Sum(Run);
    }

    /// <summary>The greatest number of a chunk that a list of chunks names, now or formerly.</summary>
    private long LastListed()
    {
        var last = 0L;
        using var rows = connection.Statement("SELECT entries FROM layout UNION ALL SELECT entries FROM document_history");
        while (rows.Step())
        {
            foreach (var entry in rows.FindLayout(0) ?? [])
            {
                last = entry.Chunk <= StoredValue.MostKey ? Math.Max(last, entry.Chunk) : last;
            }
        }

        return last;
    }

    private List<long> Wrong(string table, string key)
    {
        var wrong = new List<long>();
        using var rows = connection.Statement($"SELECT {key} FROM {table} WHERE {key} NOT BETWEEN 1 AND ?1 ORDER BY {key}");
        rows.Bind(1, StoredValue.MostKey);
        while (rows.Step())
        {
            wrong.Add(rows.GetInt64(0));
        }

        return wrong;
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
