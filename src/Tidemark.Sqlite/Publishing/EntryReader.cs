using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Publishing;

/// <summary>Makes entries of an external index out of open chunks.</summary>
internal sealed class EntryReader(SqliteConnection connection, string @namespace)
{
    private const string ByChunk = """
        SELECT c.from_sequence, c.input, c.occurrence, c.text, d.id, s.name, d.metadata, g.space
        FROM chunk c
        JOIN generation g ON g.id = c.generation
        JOIN external_index x ON x.generation = g.id
        JOIN namespace n ON n.id = g.namespace
        JOIN document d ON d.key = c.document
        JOIN source s ON s.id = d.source
        WHERE c.key = ?1 AND n.name = ?2 AND c.to_sequence IS NULL
        """;

    private readonly EmbeddingTable _embeddings = new(connection);

    /// <returns>Null where there is no such open chunk.</returns>
    public IndexEntry? Find(EntryId id)
    {
        using var row = connection.Statement(ByChunk);
        row.Bind(1, id.Chunk.Value);
        row.BindText(2, @namespace);
        if (!row.Step() || row.GetInt64(0) != id.Sequence)
        {
            return null;
        }

        var (input, document) = (row.GetHash(1), row.GetText(4));
        return new IndexEntry
        {
            Id = id,
            ChunkId = ChunkId.Of(document, input, row.GetInt32(2)),
            Document = document,
            Source = row.GetText(5),
            Text = row.GetText(3),
            Metadata = DocumentColumns.ReadMetadata(row, 6, document),
            Vector = _embeddings.Read(row.GetInt64(7), input),
        };
    }
}
