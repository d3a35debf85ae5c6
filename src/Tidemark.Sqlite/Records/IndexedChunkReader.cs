using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Records;

/// <summary>Makes what a reader gets out of chunk keys, as search finds them.</summary>
internal sealed class IndexedChunkReader(SqliteConnection connection)
{
    private const string ByKey = """
        SELECT c.document, c.input, c.occurrence, c.text, d.id, s.name, d.metadata, l.entries
        FROM chunk c
        JOIN document d ON d.key = c.document
        JOIN source s ON s.id = d.source
        JOIN layout l ON l.generation = c.generation AND l.document = c.document
        WHERE c.key = ?1 AND c.to_sequence IS NULL
        """;

    private readonly Dictionary<long, LayoutEntry[]> _layouts = [];

    /// <returns>Null where the chunk is not open any more or its document does not name it.</returns>
    public IndexedChunk? Find(long chunk)
    {
        using var row = connection.Statement(ByKey);
        row.Bind(1, chunk);
        if (!row.Step())
        {
            return null;
        }

        var document = row.GetInt64(0);
        if (!_layouts.TryGetValue(document, out var layout))
        {
            layout = row.GetLayout(7);
            _layouts.Add(document, layout);
        }

        var ordinal = Array.FindIndex(layout, entry => entry.Chunk == chunk);
        return ordinal < 0 ? null : new IndexedChunk
        {
            Document = row.GetText(4),
            Source = row.GetText(5),
            Ordinal = ordinal,
            Input = row.GetHash(1),
            Occurrence = row.GetInt32(2),
            Heading = layout[ordinal].Heading,
            Text = row.GetText(3),
            Metadata = DocumentColumns.ReadMetadata(row, 6),
        };
    }
}
