using System.Runtime.InteropServices;
using Tidemark.Archiving;
using Tidemark.Documents;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Archiving;

/// <summary>Rows of the database as every store understands them.</summary>
internal static class ArchiveReader
{
    private const int PageSize = 500;

    public static IEnumerable<IReadOnlyList<ArchiveRow>> Pages(SqliteConnection connection, ArchiveTable table)
    {
        var seal = table == ArchiveTables.Layouts ? ", seal" : "";
        var statement = connection.Statement($"SELECT {table.ColumnList}{seal} FROM {table.Name} {table.Condition}");
        try
        {
            var page = new List<ArchiveRow>(PageSize);
            while (statement.Step())
            {
                page.Add(Row(statement, table));
                if (page.Count == PageSize)
                {
                    yield return page;
                    page = new List<ArchiveRow>(PageSize);
                }
            }

            if (page.Count > 0)
            {
                yield return page;
            }
        }
        finally
        {
            statement.Dispose();
        }
    }

    public static bool HasRows(SqliteConnection connection, ArchiveTable table) =>
        connection.Scalar($"SELECT EXISTS (SELECT 1 FROM {table.Name})") != 0;

    private static ArchiveRow Row(SqliteStatement statement, ArchiveTable table)
    {
        var values = new object?[table.Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = statement.IsNull(i) ? null : Value(statement, i, table.Columns[i].Kind);
        }

        var row = new ArchiveRow(table, values);
        return ArchiveSeal.Holds(row) && IsSealed(statement, table)
            ? row
            : throw ArchiveSeal.Damaged(table);
    }

    /// <summary>A list of chunks is sealed anew in the copy, so its own seal has to hold here.</summary>
    private static bool IsSealed(SqliteStatement row, ArchiveTable table) =>
        table != ArchiveTables.Layouts
        || row.IsNull(table.Columns.Count)
        || row.GetInt64(table.Columns.Count) == Seal.OfBytes(row.GetBlob(table.IndexOf("entries")));

    private static object Value(SqliteStatement statement, int column, ArchiveKind kind) => kind switch
    {
        ArchiveKind.Number => statement.GetInt64(column),
        ArchiveKind.Text => statement.GetText(column),
        ArchiveKind.Bytes => statement.GetBlob(column).ToArray(),
        ArchiveKind.Vector => MemoryMarshal.Cast<byte, float>(statement.GetBlob(column)).ToArray(),
        _ => Array.ConvertAll(
            statement.GetLayout(column), entry => new ArchivedSpan(entry.Chunk, entry.Start, entry.Length, entry.Heading)),
    };
}
