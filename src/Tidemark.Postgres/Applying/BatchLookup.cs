using Npgsql;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Queueing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>
/// Everything that a batch has to know of the store, read after the namespace's row was locked: from then on nobody else
/// changes it before this transaction ends.
/// </summary>
internal sealed class BatchLookup : IStoredChunks
{
    private const string LockNamespace = $"""
        select n.sequence, n.fence, coalesce(n.generation, 0),
               coalesce((select g.id from generation g where g.namespace = n.id and g.{RowStates.Beside} limit 1), 0),
               exists (select 1 from external_index x where x.generation = n.generation),
               exists (select 1 from external_index x join generation g on g.id = x.generation where g.namespace = n.id and g.{RowStates.Beside}),
               exists (select 1 from generation g where g.namespace = n.id and g.{RowStates.Previous}), {ChunkCounts.AreOfAnother}
        from namespace n where n.id = $1 for no key update
        """;

    private const string DocumentRows = $"""
        select w.place::int, d.key, d.state, d.source, d.source_id, d.sequence, coalesce(cardinality(a.chunks), d.chunks), a.chunks, a.tokens, b.chunks, b.sequence,
               b.tokens, d.version, d.modified_at, d.metadata, a.headings
        from unnest($2::text[]) with ordinality w(id, place)
        cross join lateral (select * from document where namespace = $1 and id = w.id limit 1) d
        left join lateral (
          select chunks, tokens, headings from layout
          where generation = (select generation from namespace where id = $1) and document = d.key and d.{RowStates.Live}) a on true
        left join lateral (
          select chunks, sequence, tokens from layout
          where generation = (select id from generation where namespace = $1 and {RowStates.Beside} limit 1) and document = d.key) b on true
        """;

    // Behind the others, which take up what was made while the row was waited for.
    private const string NewestSegment = $"""
        select c.relname::text from pg_class c where c.oid in (select inhrelid from pg_inherits where inhparent = to_regclass($1))
        order by length(c.relname) desc, c.relname desc limit 1
        """;

    private const string ChunkRows = "select key, tokens from chunk where key = any($1)";
    private const string ChunkTexts = "select key, text from chunk where key = any($1)";
    private const string NewDocumentKeys = "select array_agg(nextval('document_key')) from generate_series(1, $1)";
    private const string NewChunkKeys = "select array_agg(nextval('chunk_key')) from generate_series(1, $1)";

    private readonly Dictionary<string, StoredState> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _tokens = [];
    private readonly Dictionary<long, string> _texts = [];
    private readonly HashSet<long> _held = [];
    private readonly Queue<long> _documentKeys = [];
    private readonly Queue<long> _chunkKeys = [];

    public long Sequence { get; private set; }

    public long Fence { get; private set; }

    public long Active { get; private set; }

    public long Building { get; private set; }

    /// <summary>Whether the active generation's vectors are indexed outside.</summary>
    public bool IsExternal { get; private set; }

    /// <summary>Whether those of the generation that is being built are.</summary>
    public bool IsBuildingExternal { get; private set; }

    /// <summary>As <see cref="WriteScope.BuildingHasAnswered"/>.</summary>
    public bool BuildingHasAnswered { get; private set; }

    /// <summary>Whether documents are counted with the chunks of another generation than the active one.</summary>
    public bool NeedsRecount { get; private set; }

    /// <summary>The table that takes new vectors of the batch's generation.</summary>
    public string VectorTable { get; private set; } = "";

    public static async Task<BatchLookup> ReadAsync(
        NpgsqlConnection connection, StoredNamespace @namespace, ApplyBatch batch, CancellationToken cancellationToken)
    {
        var lookup = new BatchLookup();
        await lookup.ReadDocumentsAsync(connection, @namespace, batch, cancellationToken).ConfigureAwait(false);
        await lookup.ReadChunksAsync(connection, batch, cancellationToken).ConfigureAwait(false);
        return lookup;
    }

    public StoredState Find(string id) => _documents.GetValueOrDefault(id, StoredState.Unknown);

    public int TokensOf(long chunk) => _tokens.GetValueOrDefault(chunk);

    public bool HasText(long chunk, string text) => string.Equals(_texts[chunk], StoreText.Encode(text), StringComparison.Ordinal);

    /// <summary>Whether the claim holds; then its row is locked.</summary>
    public bool IsHeld(ChangeLease lease) => _held.Contains(lease.Change);

    public long TakeDocumentKey() => _documentKeys.Dequeue();

    public long TakeChunkKey() => _chunkKeys.Dequeue();

    private async Task ReadDocumentsAsync(
        NpgsqlConnection connection, StoredNamespace @namespace, ApplyBatch batch, CancellationToken cancellationToken)
    {
        var ids = batch.Writes.Select(write => StoreText.KeyOf(write.Id).Key).ToArray();
        var tables = new IndexTables(batch.Generation.Id);
        ChangeLease[] leases = [.. batch.Writes.Where(write => !write.Lease.IsNone).Select(write => write.Lease)];
        var statements = connection.CreateBatch()
            .Add(LockNamespace, Sql.Of(@namespace.Id))
            .Add(DocumentRows, Sql.Of(@namespace.Id), Sql.Of(ids))
            .Add(NewDocumentKeys, Sql.Of(batch.Writes.Count(IsMaybeNew)))
            .Add(NewChunkKeys, Sql.Of(batch.Writes.SelectMany(ChunksOf).Count(IsMaybeNew)))
            .Add(NewestSegment, Sql.Of(tables.Vectors));
        if (leases.Length > 0)
        {
            HeldChanges.Lock(statements, @namespace.Id, leases);
        }

        await using var heldStatements = statements.ConfigureAwait(false);
        var rows = await statements.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using var held = rows.ConfigureAwait(false);
        if (await rows.NextAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            (Sequence, Fence, Active, Building) = (rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3));
            (IsExternal, IsBuildingExternal, BuildingHasAnswered) = (rows.GetBoolean(4), rows.GetBoolean(5), rows.GetBoolean(6));
            NeedsRecount = rows.GetBoolean(7);
        }

        await NextAsync(row => ReadDocument(row, batch.Writes[row.GetInt32(0) - 1])).ConfigureAwait(false);
        foreach (var keys in new[] { _documentKeys, _chunkKeys })
        {
            await NextAsync(row => Array.ForEach(row.IsDBNull(0) ? [] : row.GetFieldValue<long[]>(0), keys.Enqueue)).ConfigureAwait(false);
        }

        VectorTable = tables.Vectors;
        await NextAsync(row => VectorTable = row.GetString(0)).ConfigureAwait(false);
        await NextAsync(row => _held.Add(row.GetInt64(0))).ConfigureAwait(false);

        async Task NextAsync(Action<NpgsqlDataReader> read)
        {
            await rows.NextResultAsync(cancellationToken).ConfigureAwait(false);
            while (await rows.NextAsync(connection, cancellationToken).ConfigureAwait(false))
            {
                read(rows);
            }
        }
    }

    private void ReadDocument(NpgsqlDataReader row, DocumentWrite write) => _documents[write.Id] = Read(row, write.Id) with
    {
        Metadata = write is DocumentWrite.Put { Rewrites: false } or DocumentWrite.Stage ? row.GetMetadata(14, write.Id) : default,
    };

    private static StoredState Read(NpgsqlDataReader row, string id) => new()
    {
        Key = new DocumentKey(row.GetInt64(1)),
        State = (DocumentState)row.GetInt16(2),
        Source = new SourceKey(row.GetInt64(3)),
        SourceId = new SourceIdKey(row.GetInt64(4)),
        Sequence = row.GetInt64(5),
        ChunkCount = row.GetInt32(6),
        Chunks = row.IsDBNull(7) ? [] : row.GetArray<long>(7, id),
        Headings = row.IsDBNull(15) ? [] : Array.ConvertAll(row.FindArray<string?>(15) ?? [], heading => heading is null ? null : StoreText.Decode(heading)),
        Tokens = row.IsDBNull(8) ? 0 : row.GetInt64(8),
        Staged = row.IsDBNull(9) ? null : row.GetArray<long>(9, id),
        StagedSequence = row.IsDBNull(10) ? 0 : row.GetInt64(10),
        StagedTokens = row.IsDBNull(11) ? 0 : row.GetInt64(11),
        Version = row.GetVersion(12, id),
    };

    /// <summary>Of documents that are there: what their chunks weigh, and the texts of those that may be patched.</summary>
    private async Task ReadChunksAsync(NpgsqlConnection connection, ApplyBatch batch, CancellationToken cancellationToken)
    {
        var former = _documents.Values.SelectMany(document => document.Chunks).ToArray();
        if (former.Length == 0)
        {
            return;
        }

        await connection.ListAsync(
            ChunkRows, row => _tokens[row.GetInt64(0)] = row.GetInt32(1), cancellationToken, Sql.Of(former)).ConfigureAwait(false);
        var patched = batch.Writes.SelectMany(ChunksOf)
            .Where(chunk => !chunk.Existing.IsNone && chunk.Text is not null).Select(chunk => chunk.Existing.Value).ToArray();
        if (patched.Length > 0)
        {
            await connection.ListAsync(
                ChunkTexts, row => _texts[row.GetInt64(0)] = row.GetString(1), cancellationToken, Sql.Of(patched)).ConfigureAwait(false);
        }
    }

    /// <summary>Of chunks that go on.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> TextsAsync(
        NpgsqlConnection connection, long[] chunks, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<long, string>();
        if (chunks.Length > 0)
        {
            await connection.ListAsync(
                ChunkTexts, row => texts[row.GetInt64(0)] = row.GetStoreText(1), cancellationToken, Sql.Of(chunks)).ConfigureAwait(false);
        }

        return texts;
    }

    private static IReadOnlyList<ChunkWrite> ChunksOf(DocumentWrite write) => write switch
    {
        DocumentWrite.Put put => put.Chunks,
        DocumentWrite.Stage stage => stage.Chunks,
        _ => [],
    };

    private static bool IsMaybeNew(DocumentWrite write) => write.ExpectedSequence == 0;

    private static bool IsMaybeNew(ChunkWrite chunk) => chunk.Existing.IsNone || chunk.Text is not null;
}
