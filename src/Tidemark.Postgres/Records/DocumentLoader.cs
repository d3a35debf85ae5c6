using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Storage;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Loads whole documents by key: two statements, however many there are.</summary>
internal static class DocumentLoader
{
    private const string DocumentRows = $"""
        select w.place::int, {DocumentColumns.Glance}, coalesce(d.long_id, d.id), coalesce(i.long_value, i.value, d.long_id, d.id),
               d.text_hash, d.metadata, d.version, d.modified_at, d.expires_at, d.tier,
               l.chunks, l.starts, l.lengths, l.headings, l.is_partition, case when $2 and not l.is_partition then t.text end,
               d.seal, l.seal
        from unnest($1::bigint[]) with ordinality w(key, place)
        join document d on d.key = w.key
        join namespace n on n.id = d.namespace
        left join source_id i on i.id = d.source_id
        left join layout l on l.generation = n.generation and l.document = d.key and d.{RowStates.Live}
        left join document_text t on $2 and t.document = d.key
        """;

    private const string ChunkRows = """
        select c.key, c.input, c.occurrence, case when $2 then c.text end, c.document, c.to_sequence is null, c.seal
        from unnest($1::bigint[]) w(key) join chunk c on c.key = w.key
        """;

    /// <summary>What is damaged comes as that, with nothing of it that may be wrong.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there is no such document.</exception>
    public static async Task<IReadOnlyList<DocumentRecord>> LoadAsync(
        NpgsqlConnection connection,
        PostgresDatabase database,
        IReadOnlyList<DocumentKey> keys,
        bool withText,
        CancellationToken cancellationToken)
    {
        var examined = await ExamineAsync(connection, database, keys, withText, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(examined, document => document.Record);
    }

    /// <summary>The same, and for each document what is wrong with it; null: nothing.</summary>
    public static async Task<(DocumentRecord Record, string? Damage)[]> ExamineAsync(
        NpgsqlConnection connection,
        PostgresDatabase database,
        IReadOnlyList<DocumentKey> keys,
        bool withText,
        CancellationToken cancellationToken)
    {
        // Both statements see one state.
        var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        var rows = await connection.ListAsync(
            DocumentRows, ReadDocument, cancellationToken, Sql.Of(keys.Select(key => key.Value).ToArray()), Sql.Of(withText))
            .ConfigureAwait(false);
        var chunks = await ReadChunksAsync(connection, rows, withText, cancellationToken).ConfigureAwait(false);
        var documents = new (DocumentRecord Record, string? Damage)[keys.Count];
        foreach (var row in rows)
        {
            documents[row.Place - 1] = Complete(row, chunks, withText);
        }

        var missing = Array.FindIndex(documents, document => document.Record is null);
        return missing < 0 ? documents : throw Missing(database, $"there is no document with the key {keys[missing].Value}");
    }

    private static DocumentRow ReadDocument(NpgsqlDataReader row)
    {
        const int Rest = 1 + DocumentColumns.GlanceCount;
        var document = new DocumentRecord
        {
            Glance = DocumentColumns.ReadGlance(row, 1),
            Id = row.GetStoreText(Rest),
            SourceId = row.GetStoreText(Rest + 1),
            TextHash = row.GetHash(Rest + 2),
            Metadata = row.GetMetadata(Rest + 3),
            Version = row.GetVersion(Rest + 4),
            ExpiresAt = StoreTime.FromStored(row.GetOptionalInt64(Rest + 6)),
            Tier = row.GetOptionalText(Rest + 7),
        };
        return row.IsDBNull(Rest + 8)
            ? new DocumentRow(row.GetInt32(0), document, null, true, null) { Seal = row.GetOptionalInt64(Rest + 14) }
            : new DocumentRow(
                row.GetInt32(0), document, StoredLayout.Read(row, Rest + 8), row.GetBoolean(Rest + 12),
                row.GetOptionalText(Rest + 13))
            {
                Seal = row.GetOptionalInt64(Rest + 14),
                LayoutSeal = row.GetOptionalInt64(Rest + 15),
            };
    }

    private static async Task<Dictionary<long, Chunk>> ReadChunksAsync(
        NpgsqlConnection connection, List<DocumentRow> documents, bool withText, CancellationToken cancellationToken)
    {
        var keys = documents.SelectMany(document => document.Layout?.Chunks ?? []).ToArray();
        var chunks = new Dictionary<long, Chunk>(keys.Length);
        if (keys.Length > 0)
        {
            await connection.ListAsync(
                ChunkRows,
                row => chunks[row.GetInt64(0)] = ReadChunk(row),
                cancellationToken,
                Sql.Of(keys),
                Sql.Of(withText)).ConfigureAwait(false);
        }

        return chunks;
    }

    private static Chunk ReadChunk(NpgsqlDataReader row)
    {
        var (input, text) = (row.GetHash(1), row.GetOptionalText(3));
        return new Chunk(input, row.GetInt32(2), text, row.GetInt64(4))
        {
            IsOpen = row.GetBoolean(5),
            IsIntact = text is null || Seal.Holds(input, Encoding.UTF8.GetBytes(text), row.GetOptionalInt64(6)),
        };
    }

    private static (DocumentRecord, string?) Complete(DocumentRow row, Dictionary<long, Chunk> chunks, bool withText)
    {
        var document = row.Document;
        if (document.Glance.State != DocumentState.Live)
        {
            return (document, null);
        }

        var damage = row.Seal is { } seal && seal != DocumentSeal.Of(document)
            ? "its id, source, metadata or text's hash is not what was stored"
            : DamageOf(row, chunks);
        var text = damage is not null || !withText ? null
            : row.IsPartition ? string.Concat(row.Layout!.Chunks.Select(key => chunks[key].Text))
            : row.Text;
        damage ??= text is not null && ContentHash.Of(text) != document.TextHash ? "its text is not the one that was stored" : null;
        if (damage is not null)
        {
            return (new DocumentRecord { Glance = document.Glance, Id = document.Id, SourceId = document.SourceId, IsDamaged = true }, damage);
        }

        var records = row.Layout!.Chunks.Select((key, i) => new ChunkRecord(
            new ChunkKey(key), chunks[key].Input, chunks[key].Occurrence, row.Layout.Starts[i], row.Layout.Lengths[i],
            row.Layout.HeadingOf(i)));
        return (document with { Chunks = [.. records], Text = text }, null);
    }

    /// <summary>Whether the layout names exactly the document's own open chunks, in their order.</summary>
    private static string? DamageOf(DocumentRow row, Dictionary<long, Chunk> chunks)
    {
        if (row.Layout is not { } layout
            || layout.Chunks.Length != row.Document.Glance.Chunks
            || (row.LayoutSeal is { } seal && seal != LayoutSeal.Of(layout)))
        {
            return "the list of its chunks is gone or not what was stored";
        }

        var occurrences = new Dictionary<ContentHash, int>();
        for (var i = 0; i < layout.Chunks.Length; i++)
        {
            var key = layout.Chunks[i];
            if (!chunks.TryGetValue(key, out var chunk) || !chunk.IsOpen || chunk.Document != row.Document.Glance.Key.Value)
            {
                return $"its chunk {key} is gone";
            }

            var occurrence = occurrences.GetValueOrDefault(chunk.Input);
            occurrences[chunk.Input] = occurrence + 1;
            if (!chunk.IsIntact || chunk.Occurrence != occurrence || (chunk.Text is { } text && text.Length != layout.Lengths[i]))
            {
                return $"its chunk {key} is not what was stored";
            }
        }

        return null;
    }

    private static TidemarkException Missing(PostgresDatabase database, string what) => new(
        ErrorCodes.StoreCorrupt, $"'{database.Address}' is damaged: {what}", "restore it from a backup");

    private sealed record DocumentRow(int Place, DocumentRecord Document, StoredLayout? Layout, bool IsPartition, string? Text)
    {
        public long? Seal { get; init; }

        public long? LayoutSeal { get; init; }
    }

    private sealed record Chunk(ContentHash Input, int Occurrence, string? Text, long Document)
    {
        public bool IsOpen { get; init; }

        public bool IsIntact { get; init; }
    }
}
