using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Rows;

/// <summary>Makes what a reader gets out of chunk keys, as search finds them.</summary>
internal sealed class IndexedChunkReader(SqliteConnection connection)
{
    private const string ByKey = """
        SELECT c.document, c.input, c.occurrence, c.text, d.id, s.name, d.metadata, l.entries, c.seal, d.key
        FROM chunk c
        JOIN document d ON d.key = c.document
        LEFT JOIN source s ON s.id = d.source
        JOIN layout l ON l.generation = c.generation AND l.document = c.document
        WHERE c.key = ?1 AND c.to_sequence IS NULL AND NOT EXISTS (
          SELECT 1 FROM unpublished u WHERE u.generation = c.generation AND u.document = c.document)
          AND (?2 IS NULL OR d.expires_at IS NULL OR d.expires_at > ?2)
        """;

    // Of a document whose new version an external index has not got yet: as it was before.
    private const string FormerByKey = """
        SELECT c.document, c.input, c.occurrence, c.text, d.id, s.name, h.metadata, h.entries, c.seal, NULL
        FROM chunk c
        JOIN unpublished u ON u.generation = c.generation AND u.document = c.document
        JOIN document_history h
          ON h.document = c.document AND h.from_sequence = u.sequence AND h.generation = c.generation
        JOIN document d ON d.key = c.document
        JOIN source s ON s.id = h.source
        WHERE c.key = ?1 AND (?2 IS NULL OR h.expires_at IS NULL OR h.expires_at > ?2)
        """;

    private readonly Dictionary<long, LayoutEntry[]> _layouts = [];

    /// <param name="chunk">Its key.</param>
    /// <param name="validAt">The version that is found must not have expired then; null: expired or not.</param>
    /// <returns>Null where the chunk is not in the version of its document that is found.</returns>
    public IndexedChunk? Find(long chunk, DateTimeOffset? validAt = null) => Find(ByKey, chunk, validAt) ?? Find(FormerByKey, chunk, validAt);

    private IndexedChunk? Find(string sql, long chunk, DateTimeOffset? validAt)
    {
        using var row = connection.Statement(sql);
        row.Bind(1, chunk);
        row.Bind(2, validAt.ToStored());
        if (!row.Step())
        {
            return null;
        }

        var document = row.GetInt64(0);
        if (!Seal.Holds(row.GetHash(1), row.GetUtf8(3), row.GetNullableInt64(8)))
        {
            throw SqliteErrors.Damaged(connection.Path, $"a chunk's text of '{row.GetText(4)}' is not the one that was stored");
        }

        if (!_layouts.TryGetValue(document, out var layout))
        {
            layout = ReadLayout(row, document);
            _layouts.Add(document, layout);
        }

        var ordinal = Array.FindIndex(layout, entry => entry.Chunk == chunk);
        return ordinal < 0 ? null : new IndexedChunk
        {
            Document = row.GetText(4),
            Source = row.GetNullableText(5) ?? throw SqliteErrors.Damaged(connection.Path, $"the source of '{row.GetText(4)}' is gone"),
            Ordinal = ordinal,
            Start = layout[ordinal].Start,
            Input = row.GetHash(1),
            Occurrence = row.GetInt32(2),
            Heading = layout[ordinal].Heading,
            Text = row.GetText(3),
            Metadata = DocumentColumns.ReadMetadata(row, 6, row.GetText(4)),
        };
    }

    /// <summary>Once a document: a hit shows its id, its metadata and its headings.</summary>
    private LayoutEntry[] ReadLayout(SqliteStatement row, long document)
    {
        if (!row.IsNull(9) && new DocumentLoader(connection).Examine([new DocumentKey(document)], withText: false)[0].Damage is { } damage)
        {
            throw SqliteErrors.Damaged(connection.Path, $"of '{row.GetText(4)}', {damage}");
        }

        return row.GetLayout(7);
    }
}
