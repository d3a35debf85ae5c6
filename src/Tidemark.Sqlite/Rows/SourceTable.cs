using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Reads and makes rows of <c>source</c>.</summary>
internal static class SourceTable
{
    private const string FindRow = "SELECT id, documents, chunks, tokens FROM source WHERE namespace = ?1 AND name = ?2";
    private const string InsertRow = "INSERT INTO source (namespace, name) VALUES (?1, ?2)";

    public static SourceRecord? Find(SqliteConnection connection, long @namespace, string name)
    {
        using var row = connection.Statement(FindRow);
        row.Bind(1, @namespace);
        row.BindText(2, name);
        return row.Step()
            ? new SourceRecord(new SourceKey(row.GetInt64(0)), name, row.GetInt64(1))
            {
                Chunks = row.GetInt64(2),
                Tokens = row.GetInt64(3),
            }
            : null;
    }

    /// <summary>A source that is asked for and not found: whether it was lost. Its documents would look like those of another one.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there was one.</exception>
    public static void RefuseLost(SqliteConnection connection, long @namespace, string name) =>
        LostRows.Refuse(connection, "source", name, "first = json_array(?2, ?1)", @namespace);

    public static SourceRecord Add(SqliteConnection connection, long @namespace, string name)
    {
        RefuseLost(connection, @namespace, name);
        using var insert = connection.Statement(InsertRow);
        insert.Bind(1, @namespace);
        insert.BindText(2, name);
        insert.Step();
        return new SourceRecord(new SourceKey(connection.LastInsertRowId), name, 0);
    }
}
