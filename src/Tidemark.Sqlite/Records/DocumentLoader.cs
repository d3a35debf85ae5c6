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
               d.version, d.modified_at, d.expires_at, d.tier, l.entries, l.is_partition, d.seal, l.seal
        FROM json_each(?1) wanted
        CROSS JOIN document d ON d.key = wanted.value
        JOIN namespace n ON n.id = d.namespace
        LEFT JOIN source_id i ON i.id = d.source_id
        LEFT JOIN layout l ON l.generation = n.generation AND l.document = d.key AND d.{RowStates.Live}
        """;

    private const string ChunkRows = """
        SELECT c.key, c.input, c.occurrence, c.document, c.to_sequence FROM json_each(?1) wanted CROSS JOIN chunk c ON c.key = wanted.value
        """;

    private const string ChunkTextRows = """
        SELECT c.key, c.input, c.occurrence, c.document, c.to_sequence, c.text, c.seal
        FROM json_each(?1) wanted CROSS JOIN chunk c ON c.key = wanted.value
        """;

    private const string TextRow = "SELECT text FROM document_text WHERE document = ?1";

    private readonly JsonArrayText _numbers = new();
    private readonly Dictionary<long, StoredChunk> _chunks = [];

    /// <summary>What is damaged comes as that, with nothing of it that may be wrong.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there is no such document.</exception>
    public IReadOnlyList<DocumentRecord> Load(IReadOnlyList<DocumentKey> keys, bool withText)
    {
        var examined = Examine(keys, withText);
        return Array.ConvertAll(examined, document => document.Record);
    }

    /// <summary>The same, and for each document what is wrong with it; null: nothing.</summary>
    public (DocumentRecord Record, string? Damage)[] Examine(IReadOnlyList<DocumentKey> keys, bool withText)
    {
        var rows = ReadDocuments(keys);
        ReadChunks(rows, withText);
        var documents = new (DocumentRecord, string?)[keys.Count];
        for (var i = 0; i < documents.Length; i++)
        {
            documents[i] = rows[i] is { } row
                ? Complete(row, withText)
                : throw SqliteErrors.Corrupt(connection.Path, $"there is no document with the key {keys[i].Value}");
        }

        return documents;
    }

    /// <summary>The row alone, as it stands there.</summary>
    public DocumentRecord Read(DocumentKey key) => ReadDocuments([key])[0]!.Document;

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
            rows[row.GetInt32(0)] = new DocumentRow(
                ReadDocument(row, Rest), ReadLayout(row, Rest + 8), row.GetInt32(Rest + 9) != 0, row.GetNullableInt64(Rest + 10));
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

    /// <returns>Null where there is none, or another than was written.</returns>
    private static LayoutEntry[]? ReadLayout(SqliteStatement row, int column)
    {
        var sealedBy = row.GetNullableInt64(column + 3);
        if (row.IsNull(column) || (sealedBy is not null && sealedBy != Seal.OfBytes(row.GetBlob(column))))
        {
            return null;
        }

        try
        {
            return LayoutReader.Read(row.GetBlob(column));
        }
        catch (FormatException)
        {
            return null;
        }
    }

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
            _chunks[row.GetInt64(0)] = new StoredChunk(row.GetHash(1), row.GetInt32(2), row.GetInt64(3), row.IsNull(4))
            {
                Text = withText ? row.GetText(5) : null,
                IsIntact = !withText || Seal.Holds(row.GetHash(1), row.GetUtf8(5), row.GetNullableInt64(6)),
            };
        }
    }

    private (DocumentRecord, string?) Complete(DocumentRow row, bool withText)
    {
        var document = row.Document;
        if (document.Glance.State != DocumentState.Live)
        {
            return (document, null);
        }

        var damage = row.Seal is { } seal && seal != DocumentSeal.Of(document)
            ? "its id, source, metadata or text's hash is not what was stored"
            : DamageOf(row);
        var text = damage is null && withText ? TextOf(row) : null;
        damage ??= text is not null && ContentHash.Of(text) != document.TextHash ? "its text is not the one that was stored" : null;
        if (damage is not null)
        {
            return (new DocumentRecord { Glance = document.Glance, Id = document.Id, SourceId = document.SourceId, IsDamaged = true }, damage);
        }

        var chunks = Array.ConvertAll(row.Layout!, entry => new ChunkRecord(
            new ChunkKey(entry.Chunk), _chunks[entry.Chunk].Input, _chunks[entry.Chunk].Occurrence, entry.Start, entry.Length, entry.Heading));
        return (document with { Chunks = chunks, Text = text }, null);
    }

    /// <summary>Whether the layout names exactly the document's own open chunks, in their order.</summary>
    private string? DamageOf(DocumentRow row)
    {
        if (row.Layout is not { } layout || layout.Length != row.Document.Glance.Chunks)
        {
            return "the list of its chunks is gone or not what was stored";
        }

        var occurrences = new Dictionary<ContentHash, int>();
        foreach (var entry in layout)
        {
            if (!_chunks.TryGetValue(entry.Chunk, out var chunk) || !chunk.IsOpen || chunk.Document != row.Document.Glance.Key.Value)
            {
                return $"its chunk {entry.Chunk} is gone";
            }

            var occurrence = occurrences.GetValueOrDefault(chunk.Input);
            occurrences[chunk.Input] = occurrence + 1;
            if (!chunk.IsIntact || chunk.Occurrence != occurrence || (chunk.Text is { } text && text.Length != entry.Length))
            {
                return $"its chunk {entry.Chunk} is not what was stored";
            }
        }

        return null;
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
        foreach (var entry in row.Layout!)
        {
            whole.Append(_chunks[entry.Chunk].Text);
        }

        return whole.ToString();
    }

    private sealed record DocumentRow(DocumentRecord Document, LayoutEntry[]? Layout, bool IsPartition, long? Seal);

    private readonly record struct StoredChunk(ContentHash Input, int Occurrence, long Document, bool IsOpen)
    {
        public string? Text { get; init; }

        public bool IsIntact { get; init; }
    }
}
