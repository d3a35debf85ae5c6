using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Applying;

/// <summary>Reads and writes rows of <c>layout</c>.</summary>
internal sealed class LayoutRows(SqliteConnection connection)
{
    private const string FindRow = "SELECT entries, sequence, tokens FROM layout WHERE generation = ?1 AND document = ?2";
    private const string DeleteRow = "DELETE FROM layout WHERE generation = ?1 AND document = ?2";

    private const string PutRow = """
        INSERT OR REPLACE INTO layout (generation, document, sequence, chunks, is_partition, entries, tokens, seal)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """;

    /// <returns>Null where the document has none in this generation.</returns>
    public LayoutEntry[]? Find(long generation, long document, out long sequence, out long tokens)
    {
        using var row = connection.Statement(FindRow);
        row.Bind(1, generation);
        row.Bind(2, document);
        var found = row.Step();
        sequence = found ? row.GetInt64(1) : 0;
        tokens = found ? row.GetInt64(2) : 0;
        return found ? row.GetLayout(0) : null;
    }

    public LayoutEntry[]? Find(long generation, long document) => Find(generation, document, out _, out _);

    public void Put(in ChunkPlace place, long sequence, int chunks, bool isPartition, LayoutContent content)
    {
        using var row = connection.Statement(PutRow);
        row.Bind(1, place.Generation);
        row.Bind(2, place.Document);
        row.Bind(3, sequence);
        row.Bind(4, chunks);
        row.Bind(5, isPartition ? 1 : 0);
        row.BindBlob(6, content.Entries);
        row.Bind(7, content.Tokens);
        row.Bind(8, Seal.OfBytes(content.Entries));
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
