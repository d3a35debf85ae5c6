using System.Runtime.CompilerServices;
using Npgsql;
using Tidemark.Archiving;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Archiving;

/// <summary>Rows of the database as every store understands them.</summary>
internal static class ArchiveReader
{
    private const int PageSize = 500;

    /// <summary>
    /// One table, as the connection's snapshot has it, in the order in which it lies: the server begins large ones anywhere, or walks them with several
    /// processes, unless it is told not to.
    /// </summary>
    public static async IAsyncEnumerable<IReadOnlyList<ArchiveRow>> PagesAsync(
        NpgsqlConnection connection, ArchiveTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shape = await TableShape.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
        var columns = string.Join(", ", table.Columns.Select(shape.Selection)) + (table == ArchiveTables.Layouts ? ", seal" : "");
        var rows = connection.StreamAsync(
            $"select {columns} from {table.Name} {table.Condition}", row => Row(row, shape), cancellationToken);
        var page = new List<ArchiveRow>(PageSize);
        await foreach (var row in rows.ConfigureAwait(false))
        {
            page.Add(row);
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

    private static ArchiveRow Row(NpgsqlDataReader row, TableShape shape)
    {
        var columns = shape.Table.Columns;
        var values = new object?[columns.Count];
        for (int i = 0, at = 0; i < values.Length; i++)
        {
            values[i] = row.IsDBNull(at) ? null : Value(row, at, columns[i].Kind, shape.Table);
            at += columns[i].Kind == ArchiveKind.Layout ? 4 : 1;
        }

        var read = new ArchiveRow(shape.Table, values);
        return ArchiveSeal.Holds(read) && IsSealed(row, shape.Table)
            ? read
            : throw ArchiveSeal.Damaged(shape.Table);
    }

    /// <summary>A list of chunks is sealed anew in the copy, so its own seal has to hold here.</summary>
    private static bool IsSealed(NpgsqlDataReader row, ArchiveTable table) =>
        table != ArchiveTables.Layouts
        || row.GetOptionalInt64(row.FieldCount - 1) is not { } seal
        || (StoredLayout.Find(row, table.IndexOf("entries")) is { } layout && seal == LayoutSeal.Of(layout));

    private static object Value(NpgsqlDataReader row, int column, ArchiveKind kind, ArchiveTable table) => kind switch
    {
        ArchiveKind.Number => row.GetInt64(column),
        ArchiveKind.Text => row.GetStoreText(column),
        ArchiveKind.Bytes => row.GetFieldValue<byte[]>(column),
        ArchiveKind.Vector => row.GetVector(column),
        _ => Spans(StoredLayout.Find(row, column) ?? throw ArchiveSeal.Damaged(table)),
    };

    private static ArchivedSpan[] Spans(StoredLayout layout)
    {
        var spans = new ArchivedSpan[layout.Chunks.Length];
        for (var i = 0; i < spans.Length; i++)
        {
            spans[i] = new ArchivedSpan(layout.Chunks[i], layout.Starts[i], layout.Lengths[i], layout.HeadingOf(i));
        }

        return spans;
    }
}
