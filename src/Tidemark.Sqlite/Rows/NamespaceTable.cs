using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>A namespace as the database has it.</summary>
/// <param name="Id">0 where it does not exist.</param>
internal sealed record StoredNamespace(long Id, NamespaceRecord Record);

/// <summary>Reads and makes rows of <c>namespace</c>.</summary>
internal static class NamespaceTable
{
    // The last by number, not by time: a clock that was ahead once would hide all that came after. The plus keeps SQLite from
    // sorting all complete runs instead of going back by number.
    private const string FindRow = """
        SELECT id, sequence, coalesce(generation, 0),
               (SELECT finished_at FROM run r WHERE r.namespace = namespace.id AND +r.complete = 1 ORDER BY r.id DESC LIMIT 1),
               (SELECT value FROM service_entry WHERE kind = 'store' AND key = 'mark'),
               (SELECT c.at FROM commit_log c WHERE c.namespace = namespace.id AND c.sequence = namespace.sequence)
        FROM namespace WHERE name = ?1
        """;
    private const string InsertRow = "INSERT INTO namespace (name) VALUES (?1)";

    /// <returns>With id 0 and empty where it does not exist.</returns>
    public static StoredNamespace Find(SqliteConnection connection, string name)
    {
        using var row = connection.Statement(FindRow);
        row.BindText(1, name);
        return row.Step()
            ? new StoredNamespace(
                row.GetInt64(0),
                new NamespaceRecord(name, row.GetInt64(1), GenerationOf(connection, name, row.GetInt64(2)))
                {
                    Beside = GenerationTable.FindBeside(connection, row.GetInt64(0)),
                    LastCompleteSync = StoreTime.Known(row.GetNullableInt64(3)),
                    Sighting = new StoreSighting(
                        row.IsNull(4) ? null : row.GetText(4), row.GetInt64(0), row.GetInt64(1), StoreTime.Known(row.GetNullableInt64(5))),
                })
            : new StoredNamespace(0, new NamespaceRecord(name, 0, null));
    }

    public static string NameOf(SqliteConnection connection, long @namespace)
    {
        using var row = connection.Statement("SELECT name FROM namespace WHERE id = ?1");
        row.Bind(1, @namespace);
        return row.Step() ? row.GetText(0) : "";
    }

    public static void Add(SqliteConnection connection, string name)
    {
        LostRows.RefuseNamespace(connection, name);
        using var insert = connection.Statement(InsertRow);
        insert.BindText(1, name);
        insert.Step();
    }

    private static GenerationRecord? GenerationOf(SqliteConnection connection, string name, long generation) => generation == 0
        ? null
        : GenerationTable.Find(connection, generation)
            ?? throw SqliteErrors.Damaged(connection.Path, $"the generation that answers for '{name}' is gone");
}
