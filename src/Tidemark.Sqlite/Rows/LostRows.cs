using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Keeps a row that was lost from being made a second time, under another number.</summary>
internal static class LostRows
{
    /// <summary>A namespace that is asked for and not found: whether it was lost, under its number or its name.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there was one.</exception>
    public static void RefuseNamespace(SqliteConnection connection, string name)
    {
        using var row = connection.Statement("SELECT 1 FROM catalog WHERE kind = 'namespace' AND (first = json_array(?1) OR second = json_array(?1))");
        row.BindText(1, name);
        if (row.Step())
        {
            throw SqliteErrors.Damaged(connection.Path, $"the row of the namespace '{name}' is gone or not what was stored");
        }
    }

    /// <summary>What every command can afford to ask: whether there is anything of what is counted.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there is nothing.</exception>
    public static void RefuseEmptied(SqliteConnection connection, string name)
    {
        if (FindEmptied(connection, name) is { } fault)
        {
            throw SqliteErrors.Damaged(connection.Path, $"{fault} of the namespace '{name}'");
        }
    }

    /// <returns>What is gone as a whole; null: nothing.</returns>
    public static string? FindEmptied(SqliteConnection connection, string name)
    {
        using var row = connection.Statement(Emptied);
        row.BindText(1, name);
        return row.Step() ? row.GetNullableText(0) : null;
    }

    private const string Emptied = """
        SELECT CASE
          WHEN g.documents > 0 AND NOT EXISTS (SELECT 1 FROM document WHERE namespace = n.id) THEN 'all records of documents are gone'
          WHEN g.documents > 0 AND NOT EXISTS (SELECT 1 FROM layout WHERE generation = g.id) THEN 'all lists of chunks are gone'
          WHEN g.chunks > 0 AND NOT EXISTS (SELECT 1 FROM chunk) THEN 'all chunks are gone'
          WHEN g.chunks > 0 AND NOT EXISTS (SELECT 1 FROM embedding) THEN 'all vectors are gone'
        END
        FROM namespace n JOIN generation g ON g.id = n.generation WHERE n.name = ?1
        """;

    private const string Counted = "SELECT g.documents FROM namespace n JOIN generation g ON g.id = n.generation WHERE n.name = ?1";

    /// <summary>What a command that has walked all live documents can compare.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: some are missing.</exception>
    public static void RefuseFewer(SqliteConnection connection, string name, long walked)
    {
        using var row = connection.Statement(Counted);
        row.BindText(1, name);
        if (row.Step() && row.GetInt64(0) > walked)
        {
            throw SqliteErrors.Damaged(connection.Path, $"records of documents are missing of the namespace '{name}'");
        }
    }

    /// <summary>What a command that counts documents anyway can compare.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: some are missing.</exception>
    public static void RefuseMissing(SqliteConnection connection, string name)
    {
        RefuseEmptied(connection, name);
        Refuse(
            connection,
            name,
            $"""
            SELECT g.documents > (SELECT count(*) FROM source s JOIN document d ON d.source = s.id AND d.{RowStates.Live} WHERE s.namespace = n.id),
                   g.documents > (SELECT count(*) FROM layout WHERE generation = g.id)
            FROM namespace n JOIN generation g ON g.id = n.generation WHERE n.name = ?1
            """,
            "records of documents are missing",
            "lists of chunks are missing");
        using var row = connection.Statement("SELECT id FROM namespace WHERE name = ?1");
        row.BindText(1, name);
        if (row.Step())
        {
            GoneCount.Require(connection, name, row.GetInt64(0));
        }
    }

    private static void Refuse(SqliteConnection connection, string name, string sql, params ReadOnlySpan<string> faults)
    {
        using var row = connection.Statement(sql);
        row.BindText(1, name);
        if (row.Step())
        {
            for (var i = 0; i < faults.Length; i++)
            {
                if (row.GetInt64(i) != 0)
                {
                    throw SqliteErrors.Damaged(connection.Path, $"{faults[i]} of the namespace '{name}'");
                }
            }
        }
    }

    /// <summary>Before all namespaces are listed.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: one was lost.</exception>
    public static void RefuseNamespaces(SqliteConnection connection)
    {
        using var row = connection.Statement(
            "SELECT json_extract(first, '$[0]') FROM catalog WHERE kind = 'namespace' AND id NOT IN (SELECT id FROM namespace)");
        if (row.Step())
        {
            throw SqliteErrors.Damaged(connection.Path, $"the row of the namespace '{row.GetText(0)}' is gone");
        }
    }

    /// <param name="kind">The table.</param>
    /// <param name="condition">On <c>first</c>, the copy's JSON.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there was one.</exception>
    public static void Refuse(SqliteConnection connection, string kind, string name, string condition, long number = 0)
    {
        using var row = connection.Statement(
            $"""
            SELECT 1 FROM catalog k WHERE k.kind = '{kind}' AND {condition} AND NOT EXISTS (SELECT 1 FROM {kind} t WHERE t.id = k.id)
            """);
        row.BindText(1, name);
        if (row.Parameters > 1)
        {
            row.Bind(2, number);
        }

        if (row.Step())
        {
            throw SqliteErrors.Damaged(connection.Path, $"the row of the {kind} '{name}' is gone");
        }
    }
}
