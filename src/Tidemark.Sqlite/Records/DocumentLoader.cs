using System.Text;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Records;

/// <summary>Loads whole documents by key: three joined queries, however many there are. One instance a call.</summary>
internal sealed class DocumentLoader(SqliteConnection connection)
{
    private const string DocumentRows = $"""
        SELECT wanted.key, {DocumentColumns.Glance}, d.id, coalesce(i.value, d.id), d.text_hash, d.metadata,
               d.version, d.modified_at, d.expires_at, d.tier, l.entries, l.is_partition
        FROM json_each(?1) wanted
        CROSS JOIN document d ON d.key = wanted.value
        JOIN namespace n ON n.id = d.namespace
        LEFT JOIN source_id i ON i.id = d.source_id
        LEFT JOIN layout l ON l.generation = n.generation AND l.document = d.key AND d.state = 1
        """;

    private const string ChunkRows = """
        SELECT c.key, c.input, c.occurrence FROM json_each(?1) wanted CROSS JOIN chunk c ON c.key = wanted.value
        """;

    private const string ChunkTextRows = """
        SELECT c.key, c.input, c.occurrence, c.text
        FROM json_each(?1) wanted CROSS JOIN chunk c ON c.key = wanted.value
        """;

    private const string TextRow = "SELECT text FROM document_text WHERE document = ?1";

    private readonly JsonArrayText _numbers = new();
    private readonly Dictionary<long, (ContentHash Input, int Occurrence, string? Text)> _chunks = [];

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: a chunk that a layout names is not there.</exception>
    public IReadOnlyList<DocumentRecord> Load(IReadOnlyList<DocumentKey> keys, bool withText)
    {
        var rows = ReadDocuments(keys);
        ReadChunks(rows, withText);
        var documents = new DocumentRecord[keys.Count];
        for (var i = 0; i < documents.Length; i++)
        {
            documents[i] = rows[i] is { } row
                ? Complete(row, withText)
                : throw SqliteErrors.Corrupt(connection.Path, $"there is no document with the key {keys[i].Value}");
        }

        return documents;
    }

    private DocumentRow?[] ReadDocuments(IReadOnlyList<DocumentKey> keys)
    {
        _numbers.Begin();
        foreach (var key in keys)
        {
            _numbers.Add(key.Value);
        }

        _numbers.End();
        var rows = new DocumentRow?[keys.Count];
        using var row = connection.Statement(DocumentRows);
        row.BindText(1, _numbers.Written);
        const int Rest = 1 + DocumentColumns.GlanceCount;
        while (row.Step())
        {
            var layout = row.IsNull(Rest + 8) ? [] : row.GetLayout(Rest + 8);
            rows[row.GetInt32(0)] = new DocumentRow(ReadDocument(row, Rest), layout, row.GetInt32(Rest + 9) != 0);
        }

        return rows;
    }

    private static DocumentRecord ReadDocument(SqliteStatement row, int rest) => new()
    {
        Glance = DocumentColumns.ReadGlance(row, 1),
        Id = row.GetText(rest),
        SourceId = row.GetText(rest + 1),
        TextHash = row.GetHash(rest + 2),
        Metadata = DocumentColumns.ReadMetadata(row, rest + 3),
        Version = DocumentColumns.ReadVersion(row, rest + 4),
        ExpiresAt = StoreTime.FromStored(row.GetNullableInt64(rest + 6)),
        Tier = row.GetNullableText(rest + 7),
    };

    private void ReadChunks(DocumentRow?[] documents, bool withText)
    {
        _numbers.Begin();
        foreach (var document in documents)
        {
            foreach (var entry in document?.Layout ?? [])
            {
                _numbers.Add(entry.Chunk);
            }
        }

        _numbers.End();
        using var row = connection.Statement(withText ? ChunkTextRows : ChunkRows);
        row.BindText(1, _numbers.Written);
        while (row.Step())
        {
            _chunks[row.GetInt64(0)] = (row.GetHash(1), row.GetInt32(2), withText ? row.GetText(3) : null);
        }
    }

    private DocumentRecord Complete(DocumentRow row, bool withText)
    {
        if (row.Document.Glance.State != DocumentState.Live)
        {
            return row.Document;
        }

        var chunks = new ChunkRecord[row.Layout.Length];
        for (var i = 0; i < chunks.Length; i++)
        {
            var entry = row.Layout[i];
            var (input, occurrence, _) = Chunk(entry.Chunk);
            chunks[i] = new ChunkRecord(
                new ChunkKey(entry.Chunk), input, occurrence, entry.Start, entry.Length, entry.Heading);
        }

        return row.Document with { Chunks = chunks, Text = withText ? TextOf(row) : null };
    }

    private string? TextOf(DocumentRow row)
    {
        if (!row.IsPartition)
        {
            using var text = connection.Statement(TextRow);
            text.Bind(1, row.Document.Glance.Key.Value);
            return text.Step() ? text.GetText(0) : null;
        }

        var whole = new StringBuilder();
        foreach (var entry in row.Layout)
        {
            whole.Append(Chunk(entry.Chunk).Text);
        }

        return whole.ToString();
    }

    private (ContentHash Input, int Occurrence, string? Text) Chunk(long key) =>
        _chunks.TryGetValue(key, out var chunk)
            ? chunk
            : throw SqliteErrors.Corrupt(connection.Path, $"there is no chunk with the key {key}");

    private sealed record DocumentRow(DocumentRecord Document, LayoutEntry[] Layout, bool IsPartition);
}
