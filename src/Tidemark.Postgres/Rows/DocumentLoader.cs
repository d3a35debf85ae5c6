using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Loads whole documents by key: two statements, however many there are.</summary>
internal static class DocumentLoader
{
    private const int PageSize = 500;

    private const string Columns = $"""
        select w.place::int, {DocumentColumns.Glance}, coalesce(d.long_id, d.id), coalesce(i.long_value, i.value, d.long_id, d.id),
               d.text_hash, d.metadata, d.version, d.modified_at, d.expires_at, d.tier,
               l.chunks, l.starts, l.lengths, l.headings, l.is_partition, case when $2 then t.text end,
               d.seal, l.seal
        """;

    private const string Joined = $"""
        left join namespace n on n.id = d.namespace
        left join source_id i on i.id = d.source_id
        left join layout l on l.generation = n.generation and l.document = d.key and d.{RowStates.Live}
        left join document_text t on $2 and t.document = d.key
        """;

    private const string ByKey =
        $"{Columns} from unnest($1::bigint[]) with ordinality w(key, place) join document d on d.key = w.key {Joined}";

    private const string ById =
        $"{Columns} from unnest($1::text[]) with ordinality w(id, place) join document d on d.namespace = $3 and d.id = w.id {Joined}";

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
        var documents = await CompleteAsync(connection, keys, withText, cancellationToken).ConfigureAwait(false);
        var missing = Array.FindIndex(documents, document => document.Record is null);
        return missing < 0 ? documents : throw Missing(database, $"there is no document with the key {keys[missing].Value}");
    }

    /// <summary>The same in the caller's transaction; those that are gone are left empty.</summary>
    public static async Task<(DocumentRecord Record, string? Damage)[]> CompleteAsync(
        NpgsqlConnection connection, IReadOnlyList<DocumentKey> keys, bool withText, CancellationToken cancellationToken)
    {
        var rows = await connection.ListAsync(
            ByKey, ReadRow, cancellationToken, Sql.Of(keys.Select(key => key.Value).ToArray()), Sql.Of(withText))
            .ConfigureAwait(false);
        var chunks = await ReadChunksAsync(connection, rows, withText, cancellationToken).ConfigureAwait(false);
        var documents = new (DocumentRecord Record, string? Damage)[keys.Count];
        foreach (var row in rows)
        {
            documents[row.Place - 1] = row.Rows.Complete(chunks, withText, () => row.Text);
        }

        return documents;
    }

    /// <summary>The rows of documents alone, as they stand there; those that are gone are left out.</summary>
    public static async Task<List<StoredDocument>> ReadAsync(
        NpgsqlConnection connection, IEnumerable<DocumentKey> keys, CancellationToken cancellationToken)
    {
        var found = new List<StoredDocument>();
        foreach (var page in keys.Chunk(PageSize))
        {
            var rows = await connection.ListAsync(
                ByKey, ReadRow, cancellationToken, Sql.Of(page.Select(key => key.Value).ToArray()), Sql.Of(false))
                .ConfigureAwait(false);
            found.AddRange(rows.Select(row => row.Rows));
        }

        return found;
    }

    /// <summary>Looks at the rows and the lists of chunks of documents that something is shown of; those that are gone by now are none.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: one is not what was stored.</exception>
    public static async Task RequireAsync(
        NpgsqlConnection connection, long @namespace, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        string[] keys = [.. ids.Distinct(StringComparer.Ordinal).Select(id => StoreText.KeyOf(id).Key)];
        if (keys.Length == 0)
        {
            return;
        }

        var rows = await connection.ListAsync(ById, ReadRow, cancellationToken, Sql.Of(keys), Sql.Of(false), Sql.Of(@namespace))
            .ConfigureAwait(false);
        if (rows.Find(row => row.Rows.RowDamage is not null) is { } damaged)
        {
            throw Damage.Of(damaged.Rows.Document.Id, damaged.Rows.RowDamage!);
        }
    }

    private static LoadedRow ReadRow(NpgsqlDataReader row)
    {
        const int Rest = 1 + DocumentColumns.GlanceCount;
        var id = row.GetStoreText(Rest);
        var fault = StoredValue.FaultOf(
            row.GetInt64(1), row.GetInt64(5), row.GetOptionalInt64(Rest + 5), row.GetOptionalInt64(Rest + 6), row.GetOptionalText(Rest + 3));
        var layout = row.IsDBNull(Rest + 8) ? null : StoredLayout.Find(row, Rest + 8);
        var isIntact = layout is not null && row.GetOptionalInt64(Rest + 15) is var seal && (seal is null || seal == LayoutSeal.Of(layout));
        return new LoadedRow(
            row.GetInt32(0),
            new StoredDocument(fault is null ? ReadDocument(row, Rest, id) : ReadName(row, id), isIntact ? layout!.Entries : null)
            {
                Fault = fault,
                IsPartition = layout is null || row.GetBoolean(Rest + 12),
                Seal = row.GetOptionalInt64(Rest + 14),
            },
            row.GetOptionalText(Rest + 13));
    }

    private static DocumentRecord ReadDocument(NpgsqlDataReader row, int rest, string id) => new()
    {
        Glance = DocumentColumns.ReadGlance(row, 1),
        Id = id,
        SourceId = row.GetStoreText(rest + 1),
        TextHash = row.GetHash(rest + 2),
        Metadata = row.GetMetadata(rest + 3, id),
        Version = row.GetVersion(rest + 4, id),
        ExpiresAt = StoreTime.FromStored(row.GetOptionalInt64(rest + 6), id, "expires_at"),
        Tier = row.GetOptionalText(rest + 7),
    };

    /// <summary>Of a row with values that are none: what it is called, and what a write of it compares.</summary>
    private static DocumentRecord ReadName(NpgsqlDataReader row, string id) => new()
    {
        Glance = new DocumentGlance
        {
            Key = new DocumentKey(row.GetInt64(1)),
            State = (DocumentState)row.GetInt16(2),
            Source = new SourceKey(row.GetInt64(4)),
            Sequence = row.GetInt64(6),
        },
        Id = id,
        SourceId = id,
    };

    private static async Task<Dictionary<long, StoredChunk>> ReadChunksAsync(
        NpgsqlConnection connection, List<LoadedRow> documents, bool withText, CancellationToken cancellationToken)
    {
        var keys = documents.SelectMany(row => row.Rows.Layout ?? []).Select(entry => entry.Chunk).ToArray();
        var chunks = new Dictionary<long, StoredChunk>(keys.Length);
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

    private static StoredChunk ReadChunk(NpgsqlDataReader row)
    {
        var (input, text) = (row.GetHash(1), row.GetOptionalText(3));
        return new StoredChunk(input, row.GetInt32(2), new DocumentKey(row.GetInt64(4)), row.GetBoolean(5))
        {
            Text = text,
            IsIntact = text is null || Seal.Holds(input, Encoding.UTF8.GetBytes(text), row.GetOptionalInt64(6)),
        };
    }

    private static TidemarkException Missing(PostgresDatabase database, string what) => new(
        ErrorCodes.StoreCorrupt, $"'{database.Address}' is damaged: {what}", "restore it from a backup");

    /// <param name="Text">What stands beside the chunks.</param>
    private sealed record LoadedRow(int Place, StoredDocument Rows, string? Text);
}
