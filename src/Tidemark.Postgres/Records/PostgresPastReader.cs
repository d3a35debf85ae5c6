using System.Runtime.CompilerServices;
using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Looks at what was; every answer is of one committed state, also a streamed one.</summary>
internal sealed class PostgresPastReader(PostgresDatabase database) : IPastReader
{
    private const string Of = "namespace = (select id from namespace where name = $1)";

    private const string SequenceAt = $"select coalesce(max(sequence), 0) from commit_log where {Of} and at <= $2";

    private const string SequenceOfRun = $"""
        select coalesce((select max(sequence) from commit_log where {Of} and run = $2),
                        (select max(sequence) from commit_log where {Of} and run < $2), 0)
        from run where {Of} and id = $2
        """;

    private const string TimeOfRun = $"select coalesce(finished_at, started_at) from run where {Of} and id = $2";

    private const string Current = $"""
        select coalesce(d.long_id, d.id), s.name, coalesce(i.long_value, i.value, d.long_id, d.id), d.text_hash, d.metadata, d.version,
               d.modified_at, d.expires_at, d.tier, {ChunkCounts.OfDocument}, d.sequence as began, d.run, c.at, d.source, d.seal,
               null::bigint as ceased, null::smallint, null::bigint, null::bigint, null::bigint, d.key, d.id as ordered,
               (select n.generation from namespace n where n.id = d.namespace) as generation, true as is_current
        from document d
        left join source s on s.id = d.source
        left join source_id i on i.id = d.source_id
        left join commit_log c on c.namespace = d.namespace and c.sequence = d.sequence
        where d.{Of} and d.{RowStates.Live}
        """;

    private const string Former = $"""
        select coalesce(d.long_id, d.id), s.name, coalesce(i.long_value, i.value, d.long_id, d.id), h.text_hash, h.metadata, h.version,
               h.modified_at, h.expires_at, h.tier, cardinality(h.chunks), h.from_sequence as began, h.run, c.at, h.source, h.seal,
               h.to_sequence as ceased, h.ended, u.run, u.at, h.key, d.key, d.id as ordered, h.generation, false
        from document d join document_history h on h.document = d.key
        left join source s on s.id = h.source
        left join source_id i on i.id = h.source_id
        left join commit_log c on c.namespace = d.namespace and c.sequence = h.from_sequence
        left join commit_log u on u.namespace = d.namespace and u.sequence = h.to_sequence
        where d.{Of}
        """;

    // A generation that has answered, and follows: how it has cut what has not changed since.
    private const string Following = $"""
        select coalesce(d.long_id, d.id), s.name, coalesce(i.long_value, i.value, d.long_id, d.id), d.text_hash, d.metadata, d.version,
               d.modified_at, d.expires_at, d.tier, cardinality(l.chunks), d.sequence as began, d.run, c.at, d.source, d.seal,
               null::bigint as ceased, null::smallint, null::bigint, null::bigint, null::bigint, d.key, d.id as ordered, l.generation, false
        from document d join layout l on l.document = d.key and l.sequence = d.sequence
        left join source s on s.id = d.source
        left join source_id i on i.id = d.source_id
        left join commit_log c on c.namespace = d.namespace and c.sequence = d.sequence
        where d.{Of} and d.{RowStates.Live} and l.generation = {Answering}
          and l.generation <> (select n.generation from namespace n where n.id = d.namespace)
        """;

    // As of $2.
    private const string Answering = """
        (select coalesce(
          (select p.generation from promotion p where p.namespace = n.id and p.sequence <= $2 order by p.sequence desc limit 1),
          (select max(g.id) from generation g where g.namespace = n.id and g.id <
            (select p.generation from promotion p where p.namespace = n.id order by p.sequence limit 1)),
          n.generation)
        from namespace n where n.name = $1)
        """;

    private const string GenerationAt = $"select {GenerationTable.Columns} from {GenerationTable.Tables} where g.id = {Answering}";

    // Not the one that a promotion has cut off, while the state went on.
    private const string Whole = """
        h.from_sequence <> d.sequence and not exists (
          select 1 from document_history x
          where x.document = h.document and x.from_sequence = h.from_sequence and x.to_sequence > h.to_sequence)
        """;

    private const string States = $"{Current} and d.id = $2 union all {Former} and d.id = $2 order by began desc";

    private const string Began = "and starts_with(coalesce(d.long_id, d.id), $3) and d.sequence <= $2";

    private const string Lasted = "and starts_with(coalesce(d.long_id, d.id), $3) and h.from_sequence <= $2 and h.to_sequence > $2";

    // Of each document the state that was valid, as the generation that answered then had cut it, or else as it was last.
    private const string Best = $"""
        order by ordered, (generation = {Answering}) desc nulls last, ceased desc nulls first
        """;

    private const string Valid = "select distinct on (ordered) * from";

    private const string Then = $"{Valid} ({Current} {Began} union all {Former} {Lasted} union all {Following} {Began}) valid {Best}";

    private const string ThenPage = $"""
        {Valid} ({Current} {Began} and d.id > $4 union all {Former} {Lasted} and d.id > $4 union all {Following} {Began} and d.id > $4) valid
        {Best} limit 200
        """;

    private const string ThenOne = $"""
        {Valid} ({Current} {Began} and d.id = $4 union all {Former} {Lasted} and d.id = $4 union all {Following} {Began} and d.id = $4) valid
        {Best}
        """;

    private const string Changed = $"""
        select coalesce(d.long_id, d.id) from document d where d.{Of} and ((d.sequence > $2 and d.sequence <= $3) or exists (
          select 1 from document_history h
          where h.document = d.key and {Whole} and h.to_sequence > $2 and (h.to_sequence <= $3 or (h.from_sequence > $2 and h.from_sequence <= $3))))
        order by d.id
        """;

    private const string Expired = $"""
        select coalesce(long_id, id) from document
        where {Of} and {RowStates.Live} and sequence <= $2 and expires_at is not null and expires_at > $3 and expires_at <= $4
        union all
        select coalesce(d.long_id, d.id) from document d join document_history h on h.document = d.key
        where d.{Of} and h.from_sequence <= $2 and h.to_sequence > $2 and h.expires_at > $3 and h.expires_at <= $4
        """;

    private const string Gone = $"""
        {Former} and d.{RowStates.NotLive}
          and h.to_sequence = (select max(last.to_sequence) from document_history last where last.document = d.key)
        order by ordered
        """;

    private const string SourceIds = $"""
        select coalesce(long_value, value) from source_id where {Of}
        union select coalesce(d.long_id, d.id) from document d where d.{Of} and (d.source_id = 0 or exists (
          select 1 from document_history h where h.document = d.key and h.source_id = 0))
        """;

    private const string OfSourceId = $"""
        select coalesce(d.long_id, d.id), bool_or(d.source_id = w.source_id) from document d
        join (select key, source_id from document union all select document, source_id from document_history) w on w.key = d.key
        left join source_id i on i.id = w.source_id
        where d.{Of} and coalesce(i.value, d.id) = $2
        group by d.id, d.long_id order by d.id
        """;

    private const string FormerOf = $"""
        select {FormerStates.Columns}
        where d.{Of} and (d.id, h.from_sequence) in (select w.id, w.sequence from unnest($2::text[], $3::bigint[]) w(id, sequence))
          and {Whole}
        """;

    private const string FollowedRows = $"select {FormerStates.FollowedColumns} where l.document = any($1) and l.generation = any($2)";

    private const string FormerRows = $"select {FormerStates.Columns} where h.key = any($1)";

    public async ValueTask<long> SequenceAtAsync(string @namespace, DateTimeOffset time, CancellationToken cancellationToken) =>
        await FindSequenceAsync(@namespace, SequenceAt, time.ToStored(), cancellationToken).ConfigureAwait(false) ?? 0;

    public async ValueTask<long?> SequenceOfRunAsync(string @namespace, long run, CancellationToken cancellationToken) =>
        await FindSequenceAsync(@namespace, SequenceOfRun, run, cancellationToken).ConfigureAwait(false);

    public async ValueTask<DateTimeOffset?> TimeOfRunAsync(string @namespace, long run, CancellationToken cancellationToken) => StoreTime.FromStored(
        await database.RunAsync(
            connection => connection.ScalarAsync<long?>(TimeOfRun, cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(run)),
            cancellationToken).ConfigureAwait(false),
        "table run",
        "finished_at");

    public async ValueTask<GenerationRecord?> GenerationAtAsync(string @namespace, long sequence, CancellationToken cancellationToken) =>
        (await database.RunAsync(
            connection => connection.ListAsync(
                GenerationAt, row => GenerationTable.Read(row, 0), cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(sequence)),
            cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    public async ValueTask<IReadOnlyList<PastState>> StatesAsync(
        string @namespace, string document, CancellationToken cancellationToken) => PastStates.Whole(
        await database.RunAsync(
            connection => connection.ListAsync(
                States, ReadState, cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(StoreText.KeyOf(document).Key)),
            cancellationToken).ConfigureAwait(false));

    public IAsyncEnumerable<PastState> GoneAsync(string @namespace, CancellationToken cancellationToken) => database.StreamAsync(
        connection => connection.StreamAsync(Gone, ReadGone, cancellationToken, Sql.Of(StoreText.Encode(@namespace))), cancellationToken);

    public async ValueTask<IReadOnlyList<string>> SourceIdsAsync(string @namespace, CancellationToken cancellationToken) => await database.RunAsync(
        connection => connection.ListAsync(
            SourceIds, row => row.GetStoreText(0), cancellationToken, Sql.Of(StoreText.Encode(@namespace))),
        cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<(string Document, bool IsNow)>> OfSourceIdAsync(
        string @namespace, string sourceId, CancellationToken cancellationToken) =>
        await database.RunAsync(
            connection => connection.ListAsync(
                OfSourceId,
                row => (Document: row.GetStoreText(0), IsNow: row.GetBoolean(1)),
                cancellationToken,
                Sql.Of(StoreText.Encode(@namespace)),
                Sql.Of(StoreText.KeyOf(sourceId).Key)),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<FormerDocument?>> FormerAsync(
        string @namespace, IReadOnlyList<(string Document, long Sequence)> states, CancellationToken cancellationToken)
    {
        var former = await database.RunAsync(
            connection => FormerStates.ListAsync(
                connection,
                FormerOf,
                cancellationToken,
                Sql.Of(StoreText.Encode(@namespace)),
                Sql.Of(states.Select(state => StoreText.KeyOf(state.Document).Key).ToArray()),
                Sql.Of(states.Select(state => state.Sequence).ToArray())),
            cancellationToken).ConfigureAwait(false);
        var found = former.ToDictionary(state => (state.Document.Id, state.Sequences.From));
        return
        [
            .. states.Select(state => found.TryGetValue(state, out var one)
                ? new FormerDocument(one.Document, one.IsPartition, one.Generation, one.Damage)
                : null),
        ];
    }

    public IAsyncEnumerable<string> ChangedAsync(
        string @namespace, long after, long until, CancellationToken cancellationToken) => database.StreamAsync(
        connection => connection.StreamAsync(
            Changed, row => row.GetStoreText(0), cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(after), Sql.Of(until)),
        cancellationToken);

    public IAsyncEnumerable<string> ExpiredAsync(
        string @namespace, long sequence, DateTimeOffset after, DateTimeOffset until, CancellationToken cancellationToken) => database.StreamAsync(
        connection => connection.StreamAsync(
            Expired,
            row => row.GetStoreText(0),
            cancellationToken,
            Sql.Of(StoreText.Encode(@namespace)),
            Sql.Of(sequence),
            Sql.Of(after.ToStored()),
            Sql.Of(until.ToStored())),
        cancellationToken);

    public IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string @namespace, string prefix, long sequence, CancellationToken cancellationToken) => database.StreamAsync(
        connection => connection.StreamAsync(
            Then, SummaryColumns.Read, cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(sequence), Sql.Of(StoreText.Encode(prefix))),
        cancellationToken);

    public IAsyncEnumerable<IndexedChunk> ChunksAsync(
        string @namespace, string? document, long sequence, CancellationToken cancellationToken) => database.StreamAsync(
        connection => ListAsync(connection, @namespace, document, sequence, cancellationToken), cancellationToken);

    private ValueTask<long?> FindSequenceAsync(string @namespace, string sql, long moment, CancellationToken cancellationToken) => database.RunAsync(
        async connection => await CommitTotals.RequireAsync(
            connection,
            @namespace,
            await connection.ScalarAsync<long?>(sql, cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(moment)).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false),
        cancellationToken);

    private static async IAsyncEnumerable<IndexedChunk> ListAsync(
        NpgsqlConnection connection,
        string @namespace,
        string? document,
        long sequence,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        for (var after = document is null ? "" : StoreText.KeyOf(document).Key; ;)
        {
            var page = await connection.ListAsync(
                document is null ? ThenPage : ThenOne,
                row => new Place(
                    SummaryColumns.Read(row), row.GetInt64(20), row.GetOptionalInt64(19), row.GetString(21), row.GetInt64(22), row.GetBoolean(23)),
                cancellationToken,
                Sql.Of(StoreText.Encode(@namespace)),
                Sql.Of(sequence),
                Sql.Of(""),
                Sql.Of(after)).ConfigureAwait(false);
            foreach (var chunk in await ReadAsync(connection, @namespace, page, cancellationToken).ConfigureAwait(false))
            {
                yield return chunk;
            }

            if (document is not null || page.Count == 0)
            {
                yield break;
            }

            after = page[^1].Ordered;
        }
    }

    private static async Task<IEnumerable<IndexedChunk>> ReadAsync(
        NpgsqlConnection connection, string @namespace, List<Place> page, CancellationToken cancellationToken)
    {
        var live = new List<IndexedChunk>();
        var keys = page.Where(place => place.IsCurrent).Select(place => place.Key).ToArray();
        if (keys.Length > 0)
        {
            await foreach (var chunk in LiveChunks.ReadAsync(connection, @namespace, keys, withVectors: false, cancellationToken).ConfigureAwait(false))
            {
                live.Add(chunk);
            }
        }

        var states = await FormerStates.ListAsync(
            connection, FormerRows, cancellationToken, Sql.Of([.. page.Select(place => place.Former).OfType<long>()])).ConfigureAwait(false);
        var former = states.ToDictionary(state => state.Key);
        var current = live.ToLookup(chunk => chunk.Document, StringComparer.Ordinal);
        var followed = await FollowedAsync(connection, page, cancellationToken).ConfigureAwait(false);
        return page.SelectMany(place => place.Former is { } key ? ChunksOf(place.Document, former[key])
            : place.IsCurrent ? current[place.Document.Id]
            : ChunksOf(place.Document, followed[place.Key]));
    }

    private static async Task<Dictionary<long, FormerState>> FollowedAsync(
        NpgsqlConnection connection, List<Place> page, CancellationToken cancellationToken)
    {
        var followed = page.Where(place => place is { Former: null, IsCurrent: false }).ToArray();
        return followed.Length == 0 ? [] : (await FormerStates.ListAsync(
            connection,
            FollowedRows,
            cancellationToken,
            Sql.Of([.. followed.Select(place => place.Key)]),
            Sql.Of([.. followed.Select(place => place.Generation).Distinct()])).ConfigureAwait(false)).ToDictionary(state => state.Key);
    }

    private static IEnumerable<IndexedChunk> ChunksOf(DocumentSummary document, FormerState state) => state.Damage is { } damage
        ? throw Damage.Of(document.Id, StoredDocument.FormerDamage(document.Id, state.Sequences, damage).What)
        : state.Document.IndexedChunks(document, state.Chunks);

    private static PastState ReadGone(NpgsqlDataReader row)
    {
        try
        {
            return ReadState(row);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
        {
            return PastState.Damaged(row.GetStoreText(0), e);
        }
    }

    private static PastState ReadState(NpgsqlDataReader row)
    {
        var state = SummaryColumns.Read(row);
        return row.IsDBNull(15) ? new PastState(state, Until: null, Ended: null) : new PastState(
            state,
            new CommitMoment(
                row.GetInt64(15),
                row.GetOptionalInt64(17) ?? 0,
                StoreTime.FromStored(row.GetOptionalInt64(18) ?? 0, "table commit_log", "at")),
            StateEnds.FromStored(row.GetInt16(16), state.Id));
    }

    /// <param name="Former">The key of the former state's row; null: it is live.</param>
    /// <param name="Key">Of the document.</param>
    /// <param name="Ordered">The id as it is ordered.</param>
    /// <param name="Generation">Whose index it was cut for.</param>
    /// <param name="IsCurrent">It is live in the generation that answers.</param>
    private sealed record Place(DocumentSummary Document, long Key, long? Former, string Ordered, long Generation, bool IsCurrent);
}
