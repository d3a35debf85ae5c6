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
               l.chunks, l.starts, l.lengths, l.headings, l.is_partition, case when $2 and not l.is_partition then t.text end
        from unnest($1::bigint[]) with ordinality w(key, place)
        join document d on d.key = w.key
        join namespace n on n.id = d.namespace
        left join source_id i on i.id = d.source_id
        left join layout l on l.generation = n.generation and l.document = d.key and d.state = 1
        left join document_text t on $2 and t.document = d.key
        """;

    private const string ChunkRows = """
        select c.key, c.input, c.occurrence, case when $2 then c.text end
        from unnest($1::bigint[]) w(key) join chunk c on c.key = w.key
        """;

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: a chunk that a layout names is not there.</exception>
    public static async Task<IReadOnlyList<DocumentRecord>> LoadAsync(
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
        var documents = new DocumentRecord?[keys.Count];
        foreach (var row in rows)
        {
            documents[row.Place - 1] = Complete(database, row, chunks, withText);
        }

        for (var i = 0; i < documents.Length; i++)
        {
            if (documents[i] is null)
            {
                throw Missing(database, $"there is no document with the key {keys[i].Value}");
            }
        }

        return documents!;
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
            ? new DocumentRow(row.GetInt32(0), document, StoredLayout.Empty, true, null)
            : new DocumentRow(
                row.GetInt32(0), document, StoredLayout.Read(row, Rest + 8), row.GetBoolean(Rest + 12),
                row.GetOptionalText(Rest + 13));
    }

    private static async Task<Dictionary<long, Chunk>> ReadChunksAsync(
        NpgsqlConnection connection, List<DocumentRow> documents, bool withText, CancellationToken cancellationToken)
    {
        var keys = documents.SelectMany(document => document.Layout.Chunks).ToArray();
        var chunks = new Dictionary<long, Chunk>(keys.Length);
        if (keys.Length > 0)
        {
            await connection.ListAsync(
                ChunkRows,
                row => chunks[row.GetInt64(0)] = new Chunk(row.GetHash(1), row.GetInt32(2), row.GetOptionalText(3)),
                cancellationToken,
                Sql.Of(keys),
                Sql.Of(withText)).ConfigureAwait(false);
        }

        return chunks;
    }

    private static DocumentRecord Complete(
        PostgresDatabase database, DocumentRow row, Dictionary<long, Chunk> chunks, bool withText)
    {
        if (row.Document.Glance.State != DocumentState.Live)
        {
            return row.Document;
        }

        var records = new ChunkRecord[row.Layout.Chunks.Length];
        var whole = withText && row.IsPartition ? new StringBuilder() : null;
        for (var i = 0; i < records.Length; i++)
        {
            var key = row.Layout.Chunks[i];
            var chunk = chunks.TryGetValue(key, out var found)
                ? found
                : throw Missing(database, $"there is no chunk with the key {key}");
            records[i] = new ChunkRecord(
                new ChunkKey(key), chunk.Input, chunk.Occurrence, row.Layout.Starts[i], row.Layout.Lengths[i], row.Layout.HeadingOf(i));
            whole?.Append(chunk.Text);
        }

        return row.Document with { Chunks = records, Text = row.IsPartition ? whole?.ToString() : row.Text };
    }

    private static TidemarkException Missing(PostgresDatabase database, string what) => new(
        ErrorCodes.StoreCorrupt, $"'{database.Address}' is damaged: {what}", "restore it from a backup");

    private sealed record DocumentRow(int Place, DocumentRecord Document, StoredLayout Layout, bool IsPartition, string? Text);

    private sealed record Chunk(ContentHash Input, int Occurrence, string? Text);
}
