using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Schema;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// Compares the tables, indexes and triggers of records with those that this format has. Those of the search index have their own check.
/// </summary>
internal sealed class SchemaCheck(SqliteConnection connection)
{
    private const string OfRecords =
        "name NOT GLOB 'sqlite_*' AND tbl_name NOT GLOB 'keyword_*' AND tbl_name NOT GLOB 'vector_*'";

    // Tables stand before what stands on them.
    private const string Parts = $"SELECT type, name, sql FROM sqlite_schema WHERE {OfRecords} ORDER BY type <> 'table', rowid";

    private const string Columns = """
        SELECT s.name, c.name FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table' AND s.name = ?1
        """;

    private const string RunNumbers = """
        INSERT INTO sqlite_sequence (name, seq) SELECT 'run', max(run) FROM (
          SELECT max(run) AS run FROM commit_log UNION ALL SELECT max(run) FROM document UNION ALL SELECT max(run) FROM document_history
          UNION ALL SELECT max(run) FROM ledger UNION ALL SELECT max(run) FROM embedding UNION ALL SELECT max(id) FROM run)
        HAVING max(run) > 0
        """;

    /// <summary>Whether the tables could be read at all, whatever is in them.</summary>
    public bool Find(DamageList damages)
    {
        var isReadable = true;
        using var format = Format();
        foreach (var part in Missing(format))
        {
            damages.Add($"{part.Type} {part.Name}", "it is gone", part is { Type: "table", Name: "document" or "layout" or "chunk" or "source_id" } ? DamageKind.Document : DamageKind.Derivable);
            isReadable &= part.Type != "table";
        }

        foreach (var (table, column) in MissingColumns(format))
        {
            damages.AddLostColumn(table, column);
            isReadable = false;
        }

        return isReadable;
    }

    /// <summary>Makes what is gone anew; tables are empty then.</summary>
    /// <returns>How much was made.</returns>
    public long Mend()
    {
        using var format = Format();
        var missing = Missing(format);
        foreach (var part in missing)
        {
            connection.Execute(part.Sql);
        }

        if (missing.Any(part => part.Name == "run"))
        {
            connection.Execute("DELETE FROM sqlite_sequence WHERE name = 'run'");
            connection.Execute(RunNumbers); // a number is never given to a second run
        }

        if (missing.Any(part => part.Name == "queue_counter"))
        {
            connection.Execute("INSERT INTO queue_counter (last) SELECT coalesce(max(max(token, revision)), 0) FROM queue");
        }

        return missing.Count;
    }

    /// <summary>An empty store of this format, to compare with.</summary>
    private static SqliteConnection Format()
    {
        var format = SqliteConnection.Open($"format-{Path.GetRandomFileName()}", SqliteOpenMode.Memory, TimeSpan.Zero);
        try
        {
            SchemaMigrations.Create(format);
            return format;
        }
        catch
        {
            format.Dispose();
            throw;
        }
    }

    private List<Part> Missing(SqliteConnection format)
    {
        var known = PartsOf(connection).Select(part => (part.Type, part.Name)).ToHashSet();
        return PartsOf(format).FindAll(part => !known.Contains((part.Type, part.Name)));
    }

    private List<(string Table, string Column)> MissingColumns(SqliteConnection format) =>
    [
        .. from part in PartsOf(format)
           where part.Type == "table"
           let columns = ColumnsOf(connection, part.Name)
           where columns.Count > 0
           from column in ColumnsOf(format, part.Name)
           where !columns.Contains(column)
           select (part.Name, column),
    ];

    private static List<Part> PartsOf(SqliteConnection connection)
    {
        var parts = new List<Part>();
        using var rows = connection.Statement(Parts);
        while (rows.Step())
        {
            parts.Add(new Part(rows.GetText(0), rows.GetText(1), rows.GetText(2)));
        }

        return parts;
    }

    private static HashSet<string> ColumnsOf(SqliteConnection connection, string table)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal);
        using var rows = connection.Statement(Columns);
        rows.BindText(1, table);
        while (rows.Step())
        {
            columns.Add(rows.GetText(1));
        }

        return columns;
    }

    private readonly record struct Part(string Type, string Name, string Sql);
}
