using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Applying;

/// <summary>Reads and writes rows of <c>layout</c>.</summary>
internal sealed class LayoutRows(SqliteConnection connection)
{
    private const string FindRow = "SELECT entries, sequence FROM layout WHERE generation = ?1 AND document = ?2";
    private const string DeleteRow = "DELETE FROM layout WHERE generation = ?1 AND document = ?2";

    private const string PutRow = """
        INSERT OR REPLACE INTO layout (generation, document, sequence, chunks, is_partition, entries)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """;

    /// <returns>Null where the document has none in this generation.</returns>
    public LayoutEntry[]? Find(long generation, long document, out long sequence)
    {
        using var row = connection.Statement(FindRow);
        row.Bind(1, generation);
        row.Bind(2, document);
        var found = row.Step();
        sequence = found ? row.GetInt64(1) : 0;
        return found ? row.GetLayout(0) : null;
    }

    public void Put(
        long generation, long document, long sequence, int chunks, bool isPartition, ReadOnlySpan<byte> entries)
    {
        using var row = connection.Statement(PutRow);
        row.Bind(1, generation);
        row.Bind(2, document);
        row.Bind(3, sequence);
        row.Bind(4, chunks);
        row.Bind(5, isPartition ? 1 : 0);
        row.BindBlob(6, entries);
        row.Step();
    }

    public void Delete(long generation, long document)
    {
        using var row = connection.Statement(DeleteRow);
        row.Bind(1, generation);
        row.Bind(2, document);
        row.Step();
    }
}
