using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Records;

/// <summary>Walks the live chunks of a namespace by document and ordinal, within the caller's read transaction.</summary>
internal sealed class ChunkLister(SqliteConnection connection, bool withVectors)
{
    private const string DocumentRows = $"""
        SELECT d.id, s.name, d.metadata, l.entries, g.space, d.key
        FROM namespace n
        JOIN generation g ON g.id = n.generation
        CROSS JOIN document d ON d.namespace = n.id
        LEFT JOIN source s ON s.id = d.source
        LEFT JOIN layout l ON l.generation = n.generation AND l.document = d.key
        WHERE n.name = ?1 AND d.{RowStates.Live}
        """;

    private const string AllDocuments = DocumentRows + " ORDER BY d.id";
    private const string OneDocument = DocumentRows + " AND d.id = ?2";
    private const string ChunkRow = "SELECT text, seal FROM chunk WHERE key = ?1";

    private readonly DocumentLoader _documents = new(connection);
    private readonly EmbeddingTable _embeddings = new(connection);

    /// <param name="document">Null: all.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: a chunk that a layout names, or its vector, is not there, or not what was stored.</exception>
    public IEnumerable<IndexedChunk> List(string @namespace, string? document)
    {
        using var row = connection.Statement(document is null ? AllDocuments : OneDocument);
        row.BindText(1, @namespace);
        if (document is not null)
        {
            row.BindText(2, document);
        }

        var walked = 0L;
        for (; row.Step(); walked++)
        {
            var (record, damage) = _documents.Examine([new DocumentKey(row.GetInt64(5))], withText: false)[0];
            damage ??= row.IsNull(1) ? "its source is gone" : null;
            if (damage is not null)
            {
                throw SqliteErrors.Damaged(connection.Path, $"of '{row.GetText(0)}', {damage}");
            }

            var found = new Owner(row.GetText(0), row.GetText(1), record.Metadata, row.GetInt64(4));
            for (var ordinal = 0; ordinal < record.Chunks.Count; ordinal++)
            {
                yield return Read(found, record.Chunks[ordinal], ordinal);
            }
        }

        if (document is null)
        {
            LostRows.RefuseFewer(connection, @namespace, walked);
        }
    }

    private IndexedChunk Read(Owner document, in ChunkRecord chunk, int ordinal)
    {
        using var row = connection.Statement(ChunkRow);
        row.Bind(1, chunk.Key.Value);
        if (!row.Step() || !Seal.Holds(chunk.Input, row.GetUtf8(0), row.GetNullableInt64(1)))
        {
            throw SqliteErrors.Damaged(connection.Path, $"the text of chunk {ordinal} of '{document.Id}' is not the one that was stored");
        }

        return new IndexedChunk
        {
            Document = document.Id,
            Source = document.Source,
            Ordinal = ordinal,
            Start = chunk.Start,
            Input = chunk.Input,
            Occurrence = chunk.Occurrence,
            Heading = chunk.Heading,
            Text = row.GetText(0),
            Metadata = document.Metadata,
            Vector = withVectors ? (ReadOnlyMemory<float>?)VectorOf(document.Id, document.Space, chunk.Input) : null,
        };
    }

    private ReadOnlyMemory<float> VectorOf(string document, long space, ContentHash input) =>
        _embeddings.Read(space, input) ?? throw StoredValue.LostVector(document);

    private sealed record Owner(string Id, string Source, DocumentMetadata Metadata, long Space);
}
