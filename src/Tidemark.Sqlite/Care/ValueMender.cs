using System.Globalization;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// Values that no store writes, and that nobody could read: times that there are none of, numbers that are texts, lists that are no
/// JSON. What belongs to a live document or a former state is told with its name; here are the others.
/// </summary>
internal sealed class ValueMender(SqliteConnection connection)
{
    // As TokenEstimate has it.
    private const string LayoutTokens = """
        (SELECT coalesce(sum((length(CAST(c.text AS BLOB)) + 3) / 4), 0) FROM chunk c
         WHERE c.generation = layout.generation AND c.document = layout.document AND c.to_sequence IS NULL)
        """;

    private const string History = "document_history", Documents = "document";

    private static readonly (string Table, string Column, string Wrong, string? Instead)[] Values =
    [
        .. StoredTimes.All.Where(time => time.Table != History).Select(time => (
            time.Table,
            time.Column,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{time.Column} IS NOT NULL AND (typeof({time.Column}) <> 'integer' OR {time.Column} NOT BETWEEN {StoredValue.LeastTime} AND {StoredValue.MostTime})"),
            time.Instead)),
        .. StoredCounts.All.Select(count => (
            count.Table,
            count.Column,
            string.Create(CultureInfo.InvariantCulture, $"{count.Column} NOT BETWEEN 0 AND {count.Most}"),
            count.Table == "layout" ? LayoutTokens : "0")),
        ("namespace", "horizon", "horizon NOT BETWEEN 0 AND max(0, sequence)", "max(0, sequence)"),
        ("document", "id", "typeof(id) = 'blob'", "hex(id)"),
        ("chunk", "text", "typeof(text) = 'blob'", "CAST(text AS TEXT)"),
        ("layout", "chunks", "chunks NOT BETWEEN 0 AND 2147483647", "0"),
        ("layout", "is_partition", "is_partition NOT IN (0, 1)", "1"),
        ("document", "metadata", "metadata IS NOT NULL AND (NOT json_valid(metadata) OR json_type(metadata) <> 'object')", "NULL"),
    ];

    private static readonly (string Column, string Instead, Func<SqliteStatement, bool> IsSound)[] RunValues =
    [
        ("sources", "'[]'", run => StoredValue.IsNames(run.GetUtf8(1))),
        ("report", "NULL", run => run.IsNull(2) || StoredValue.IsObject(run.GetUtf8(2))),
    ];

    // Of an input that is none: nobody ever asks for it.
    private const string NamelessVectors = "FROM embedding WHERE typeof(input) <> 'blob' OR length(input) <> 32";

    // A number that is none has no neighbour that tells it: what hangs on it is compared afterwards, and a row that goes by it is lost.
    private const string NumberColumns = """
        SELECT t.name, c.name, c."notnull", c.pk FROM sqlite_schema t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND c.type = 'INTEGER'
          AND t.name NOT GLOB 'sqlite_*' AND t.name NOT GLOB 'keyword_*' AND t.name NOT GLOB 'vector_*'
        """;

    public void Find(DamageList damages)
    {
        if (connection.Scalar($"SELECT count(*) {NamelessVectors}") is > 0 and var vectors)
        {
            damages.AddNamelessVectors(vectors);
        }

        foreach (var (table, column, wrong, _) in AllValues())
        {
            if (connection.Scalar($"SELECT count(*) FROM {table} WHERE ({wrong}){(table == Documents ? $" AND {RowStates.NotLive}" : "")}") is > 0 and var found)
            {
                Add(table, column, found);
            }
        }

        foreach (var runs in UnreadableRuns().GroupBy(run => run.Value.Column, StringComparer.Ordinal))
        {
            Add("run", runs.Key, runs.Count());
        }

        void Add(string table, string column, long found) =>
            damages.AddForeignValues(table, column, found);
    }

    private List<(long Run, (string Column, string Instead, Func<SqliteStatement, bool> IsSound) Value)> UnreadableRuns()
    {
        var unreadable = new List<(long, (string, string, Func<SqliteStatement, bool>))>();
        using var runs = connection.Statement("SELECT id, sources, report FROM run");
        while (runs.Step())
        {
            foreach (var value in RunValues)
            {
                if (!value.IsSound(runs))
                {
                    unreadable.Add((runs.GetInt64(0), value));
                }
            }
        }

        return unreadable;
    }

    private List<(string Table, string Column, string Wrong, string? Instead)> AllValues()
    {
        var values = Values.ToList();
        using var columns = connection.Statement(NumberColumns);
        while (columns.Step())
        {
            var (table, column) = (columns.GetText(0), columns.GetText(1));
            values.Add((table, column, $"typeof({column}) NOT IN ('integer', 'null')", columns.GetInt64(3) > 0 ? null : columns.GetInt64(2) == 0 ? "NULL" : "0"));
        }

        return values;
    }

    /// <returns>How many values were put right, or taken away.</returns>
    public long Mend()
    {
        var mended = 0L;
        foreach (var (table, column, wrong, instead) in AllValues())
        {
            using var statement = connection.Statement(
                instead is null ? $"DELETE FROM {table} WHERE {wrong}" : $"UPDATE {table} SET {column} = {instead} WHERE {wrong}");
            statement.Run();
            mended += connection.Changes;
        }

        connection.Execute($"DELETE {NamelessVectors}");
        return mended + connection.Changes + MendRuns();
    }

    private long MendRuns()
    {
        var unreadable = UnreadableRuns();
        foreach (var (run, value) in unreadable)
        {
            using var statement = connection.Statement($"UPDATE run SET {value.Column} = {value.Instead} WHERE id = ?1");
            statement.Bind(1, run);
            statement.Run();
        }

        return unreadable.Count;
    }
}
