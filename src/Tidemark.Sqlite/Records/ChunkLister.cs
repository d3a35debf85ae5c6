using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Embedding;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Records;

/// <summary>Walks the live chunks of a namespace by document and ordinal, within the caller's read transaction.</summary>
internal sealed class ChunkLister(SqliteConnection connection, bool withVectors)
{
    private const string DocumentRows = """
        SELECT d.id, s.name, d.metadata, l.entries, g.space
        FROM namespace n
        JOIN generation g ON g.id = n.generation
        CROSS JOIN document d ON d.namespace = n.id
        JOIN source s ON s.id = d.source
        JOIN layout l ON l.generation = n.generation AND l.document = d.key
        WHERE n.name = ?1 AND d.state = 1
        """;

    private const string AllDocuments = DocumentRows + " ORDER BY d.id";
    private const string OneDocument = DocumentRows + " AND d.id = ?2";
    private const string ChunkRow = "SELECT input, occurrence, text FROM chunk WHERE key = ?1";

    private readonly EmbeddingTable _embeddings = new(connection);

    /// <param name="document">Null: all.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: a chunk that a layout names is not there.</exception>
    public IEnumerable<IndexedChunk> List(string @namespace, string? document)
    {
        using var row = connection.Statement(document is null ? AllDocuments : OneDocument);
        row.BindText(1, @namespace);
        if (document is not null)
        {
            row.BindText(2, document);
        }

        while (row.Step())
        {
            var found = new Owner(
                row.GetText(0), row.GetText(1), DocumentColumns.ReadMetadata(row, 2), row.GetInt64(4));
            var layout = row.GetLayout(3);
            for (var ordinal = 0; ordinal < layout.Length; ordinal++)
            {
                yield return Read(found, layout[ordinal], ordinal);
            }
        }
    }

    private IndexedChunk Read(Owner document, LayoutEntry entry, int ordinal)
    {
        using var row = connection.Statement(ChunkRow);
        row.Bind(1, entry.Chunk);
        if (!row.Step())
        {
            throw SqliteErrors.Corrupt(
                connection.Path, $"'{document.Id}' names the chunk {entry.Chunk}, which is not there");
        }

        var input = row.GetHash(0);
        return new IndexedChunk
        {
            Document = document.Id,
            Source = document.Source,
            Ordinal = ordinal,
            Input = input,
            Occurrence = row.GetInt32(1),
            Heading = entry.Heading,
            Text = row.GetText(2),
            Metadata = document.Metadata,
            Vector = withVectors ? VectorOf(document.Space, input) : null,
        };
    }

    private ReadOnlyMemory<float>? VectorOf(long space, ContentHash input) =>
        _embeddings.Read(space, input) is { } vector ? (ReadOnlyMemory<float>?)vector : null;

    private sealed record Owner(string Id, string Source, DocumentMetadata Metadata, long Space);
}
