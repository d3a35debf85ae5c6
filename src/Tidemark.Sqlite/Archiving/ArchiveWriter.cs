using Tidemark.Archiving;
using Tidemark.Documents;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Archiving;

/// <summary>Writes rows of any store; what this one keeps beside them follows from their values.</summary>
internal static class ArchiveWriter
{
    public static void Write(SqliteConnection connection, IReadOnlyList<ArchiveRow> rows)
    {
        foreach (var table in rows.GroupBy(row => row.Table))
        {
            using var insert = connection.Statement(InsertInto(table.Key));
            foreach (var row in table)
            {
                Bind(insert, row);
                insert.Run();
            }
        }
    }

    private static string InsertInto(ArchiveTable table)
    {
        var values = string.Join(", ", Enumerable.Range(1, table.Columns.Count).Select(i => $"?{i}"));
        var next = table.Columns.Count + 1;
        return table == ArchiveTables.Embeddings
                ? $"INSERT INTO {table.Name} ({table.ColumnList}, prefix) VALUES ({values}, ?{next})"
            : table == ArchiveTables.Layouts
                ? $"INSERT INTO {table.Name} ({table.ColumnList}, chunks, seal) VALUES ({values}, ?{next}, ?{next + 1})"
            : $"INSERT INTO {table.Name} ({table.ColumnList}) VALUES ({values})";
    }

    private static void Bind(SqliteStatement insert, ArchiveRow row)
    {
        for (var i = 0; i < row.Values.Count; i++)
        {
            Bind(insert, i + 1, row.Values[i]);
        }

        var next = row.Values.Count + 1;
        if (row.Table == ArchiveTables.Embeddings)
        {
            var input = (byte[])row.Values[row.Table.IndexOf("input")]!;
            insert.Bind(next, EmbeddingTable.PrefixOf(new ContentHash(input)));
        }
        else if (row.Table == ArchiveTables.Layouts)
        {
            var spans = (ArchivedSpan[])row.Values[row.Table.IndexOf("entries")]!;
            insert.Bind(next, spans.Length);
            insert.Bind(next + 1, Seal.OfBytes(Pack(spans).Written));
        }
    }

    private static void Bind(SqliteStatement insert, int parameter, object? value)
    {
        switch (value)
        {
            case null:
                insert.BindNull(parameter);
                break;
            case long number:
                insert.Bind(parameter, number);
                break;
            case string text:
                insert.BindText(parameter, text);
                break;
            case byte[] bytes:
                insert.BindBlob(parameter, bytes);
                break;
            case float[] vector:
                insert.BindBlob(parameter, vector);
                break;
            case ArchivedSpan[] spans:
                insert.BindBlob(parameter, Pack(spans).Written);
                break;
            default:
                throw new ArgumentException($"A row holds a {value.GetType().Name}.", nameof(value));
        }
    }

    private static LayoutWriter Pack(ArchivedSpan[] spans)
    {
        var layout = new LayoutWriter();
        layout.Begin(spans.Length);
        foreach (var span in spans)
        {
            layout.Add(span.Chunk, span.Start, span.Length, span.Heading);
        }

        return layout;
    }
}
