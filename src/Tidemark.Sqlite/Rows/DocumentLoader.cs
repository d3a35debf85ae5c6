using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Rows;

/// <summary>Loads whole documents by key: three joined queries, however many there are. One instance a call.</summary>
internal sealed class DocumentLoader(SqliteConnection connection)
{
    private const string DocumentRows = $"""
        SELECT wanted.key, {DocumentColumns.Glance}, d.id, coalesce(i.value, d.id), d.text_hash, d.metadata,
               d.version, d.modified_at, d.expires_at, d.tier, l.entries, l.is_partition, d.seal, l.seal
        FROM json_each(?1) wanted
        CROSS JOIN document d ON d.key = wanted.value
        LEFT JOIN namespace n ON n.id = d.namespace
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
                ? row.Complete(_chunks, withText, () => TextOf(row.Document.Glance.Key))
                : throw SqliteErrors.Corrupt(connection.Path, $"there is no document with the key {keys[i].Value}");
        }

        return documents;
    }

    /// <summary>The row alone, as it stands there.</summary>
    public DocumentRecord Read(DocumentKey key) => ReadDocuments([key])[0]!.Document;

    private StoredDocument?[] ReadDocuments(IReadOnlyList<DocumentKey> keys)
    {
        _numbers.Begin();
        foreach (var key in keys)
        {
            _numbers.Add(key.Value);
        }

        _numbers.End();
        var rows = new StoredDocument?[keys.Count];
        using var row = connection.Statement(DocumentRows);
        row.BindText(1, _numbers.Written);
        const int Rest = 1 + DocumentColumns.GlanceCount;
        while (row.Step())
        {
            var id = row.GetText(Rest);
            var fault = StoredValue.FaultOf(
                row.GetInt64(1), row.GetInt64(5), row.GetNullableInt64(Rest + 5), row.GetNullableInt64(Rest + 6), row.GetNullableText(Rest + 3));
            rows[row.GetInt32(0)] = new StoredDocument(
                fault is null ? ReadDocument(row, Rest, id) : ReadName(row, id), ReadLayout(row, Rest + 8))
            {
                Fault = fault,
                IsPartition = row.GetInt32(Rest + 9) != 0,
                Seal = row.GetNullableInt64(Rest + 10),
            };
        }

        return rows;
    }

    private static DocumentRecord ReadDocument(SqliteStatement row, int rest, string id) => new()
    {
        Glance = DocumentColumns.ReadGlance(row, 1),
        Id = id,
        SourceId = row.GetText(rest + 1),
        TextHash = row.GetHash(rest + 2),
        Metadata = DocumentColumns.ReadMetadata(row, rest + 3, id),
        Version = DocumentColumns.ReadVersion(row, rest + 4, id),
        ExpiresAt = StoreTime.FromStored(row.GetNullableInt64(rest + 6), id, "expires_at"),
        Tier = row.GetNullableText(rest + 7),
    };

    /// <summary>Of a row with values that are none: what it is called, and what a write of it compares.</summary>
    private static DocumentRecord ReadName(SqliteStatement row, string id) => new()
    {
        Glance = new DocumentGlance
        {
            Key = new DocumentKey(row.GetInt64(1)),
            State = (DocumentState)row.GetInt32(2),
            Source = new SourceKey(row.GetInt64(4)),
            Sequence = row.GetInt64(6),
        },
        Id = id,
        SourceId = id,
    };

    /// <returns>Null where there is none, or another than was written.</returns>
    private static LayoutEntry[]? ReadLayout(SqliteStatement row, int column)
    {
        var sealedBy = row.GetNullableInt64(column + 3);
        return row.IsNull(column) || (sealedBy is not null && sealedBy != Seal.OfBytes(row.GetBlob(column)))
            ? null
            : row.FindLayout(column);
    }

    private void ReadChunks(StoredDocument?[] documents, bool withText)
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
            _chunks[row.GetInt64(0)] = new StoredChunk(
                row.GetHash(1), row.GetInt32(2), new DocumentKey(row.GetInt64(3)), row.IsNull(4))
            {
                Text = withText ? row.GetText(5) : null,
                IsIntact = !withText || Seal.Holds(row.GetHash(1), row.GetUtf8(5), row.GetNullableInt64(6)),
            };
        }
    }

    private string? TextOf(DocumentKey document)
    {
        using var text = connection.Statement(TextRow);
        text.Bind(1, document.Value);
        return text.Step() ? text.GetText(0) : null;
    }
}
