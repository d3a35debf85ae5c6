using System.Runtime.CompilerServices;
using Npgsql;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Looks at committed states; every answer is of one state, also a streamed one.</summary>
internal sealed class PostgresRecordReader(PostgresDatabase database) : IRecordReader
{
    private const string Namespaces = $"""
        select n.name, n.sequence, (select finished_at from run r where r.namespace = n.id and r.complete order by r.id desc limit 1),
               a.documents, a.chunks, n.horizon,
               (select min(d.expires_at) from document d where d.namespace = n.id and d.{RowStates.Live} and d.expires_at is not null),
               {GenerationTable.Columns}, b.*, c.documents, c.chunks,
               (select at from promotion p where p.namespace = n.id and p.generation = n.generation order by p.sequence desc limit 1),
               (select {LostRows.Emptied} from generation g where g.id = n.generation), {NamespaceCopies.Fault}
        from namespace n
        {GenerationTable.BesideJoin}
        left join generation c on c.id = b.id
        left join ({GenerationTable.Tables}) on g.id = n.generation
        left join generation a on a.id = n.generation
        """;

    private const int Active = 7;

    private const int Beside = Active + GenerationTable.Count;

    private const string DocumentRows = $"""
        select coalesce(d.long_id, d.id), s.name, coalesce(i.long_value, i.value, d.long_id, d.id), d.text_hash, d.metadata,
               d.version, d.modified_at, d.expires_at, d.tier, {ChunkCounts.OfDocument}, d.sequence, d.run, c.at, d.source, d.seal,
               (select g.documents from namespace n join generation g on g.id = n.generation where n.name = $1)
        from document d
        left join source s on s.id = d.source
        left join source_id i on i.id = d.source_id
        left join commit_log c on c.namespace = d.namespace and c.sequence = d.sequence
        where d.namespace = (select id from namespace where name = $1) and d.{RowStates.Live}
        """;

    private const string DocumentsByPrefix = $"""
        {DocumentRows} and d.id >= $2 and ($3::text is null or d.id < $3) and starts_with(coalesce(d.long_id, d.id), $4) order by d.id
        """;

    // By their keys: where the server has not counted a table yet that was filled just now, it would walk all of it in the order of ids.
    private const string ExpiredDocuments = $"""
        {DocumentRows} and d.key = any(array(
          select e.key from document e
          where e.namespace = (select id from namespace where name = $1) and e.{RowStates.Live} and e.expires_at is not null and e.expires_at <= $2))
        order by d.id
        """;

    private const string FoundTexts = """
        select f.id, f.text from (
          select coalesce(d.long_id, d.id) as id, case
            when not coalesce(l.is_partition, h.is_partition) then case when l.document is null then h.text else t.text end
            else (select string_agg(c.text, '' order by p.place) from unnest(coalesce(l.chunks, h.chunks)) with ordinality p(key, place)
                  join chunk c on c.key = p.key) end as text
          from namespace n
          join document d on d.namespace = n.id and d.id = any($2)
          left join unpublished u on u.generation = n.generation and u.document = d.key
          left join layout l on u.document is null and l.generation = n.generation and l.document = d.key
          left join document_history h
            on u.sequence > 0 and h.generation = n.generation and h.document = d.key and h.from_sequence = u.sequence
          left join document_text t on t.document = d.key
          where n.name = $1) f
        where f.text is not null
        """;

    private const string LagCounts = """
        select kind, lag, sum(changes)::bigint from freshness
        where namespace = (select id from namespace where name = $1) and hour between $2 and $3
        group by kind, lag order by kind, lag
        """;

    public ValueTask<StoreSighting?> SightingAsync(string @namespace, CancellationToken cancellationToken) => database.RunAsync(
        connection => NamespaceTable.FindSightingAsync(connection, @namespace, cancellationToken), cancellationToken);

    public ValueTask<DateTimeOffset?> CommittedAtAsync(string @namespace, long sequence, CancellationToken cancellationToken) => database.RunAsync(
        connection => NamespaceTable.FindCommitTimeAsync(connection, @namespace, sequence, cancellationToken), cancellationToken);

    public async ValueTask<IReadOnlyList<NamespaceSummary>> NamespacesAsync(CancellationToken cancellationToken) =>
        await database.RunAsync(
            async connection =>
            {
                var batch = new NpgsqlBatch(connection).Add(LostRows.LostNamespaces).Add(Namespaces + " order by n.name");
                await using var held = batch.ConfigureAwait(false);
                var rows = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
                await using var heldRows = rows.ConfigureAwait(false);
                LostRows.RefuseNamespaces(await rows.ListAsync(connection, row => row.GetStoreText(0), cancellationToken).ConfigureAwait(false));
                return await rows.NextListAsync(connection, ReadNamespace, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<NamespaceSummary?> NamespaceAsync(string name, CancellationToken cancellationToken) =>
        await database.RunAsync(
            async connection =>
            {
                var found = await connection.ListAsync(
                    Namespaces + " where n.name = $1", ReadNamespace, cancellationToken, Sql.Of(StoreText.Encode(name))).ConfigureAwait(false);
                if (found.Count == 0)
                {
                    await LostRows.RefuseNamespaceAsync(connection, name, cancellationToken).ConfigureAwait(false);
                }

                return found.SingleOrDefault();
            },
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<string>> SourcesAsync(string @namespace, CancellationToken cancellationToken) =>
        await database.RunAsync(
            connection => FigureQuery.SourcesAsync(connection, @namespace, cancellationToken), cancellationToken).ConfigureAwait(false);

    public ValueTask<IReadOnlyDictionary<string, string>> PlacesAsync(string @namespace, CancellationToken cancellationToken) =>
        database.LookAsync(connection => PlaceTable.ListAsync(connection, @namespace, cancellationToken), cancellationToken);

    public ValueTask<DocumentFigures> FiguresAsync(
        string @namespace, DateTimeOffset latest, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            await LostRows.RefuseMissingAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
            await RequireIndexAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
            return await FigureQuery.DocumentsAsync(connection, @namespace, latest, cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    public ValueTask<bool> IsUnusedAsync(string @namespace, CancellationToken cancellationToken) => database.RunAsync(
        connection => FigureQuery.IsUnusedAsync(connection, @namespace, cancellationToken), cancellationToken);

    public async ValueTask<IReadOnlyList<RunRecord>> RunsAsync(
        string @namespace, int limit, CancellationToken cancellationToken) => await database.RunAsync(
        connection => RunTable.NewestAsync(connection, @namespace, limit, cancellationToken), cancellationToken).ConfigureAwait(false);

    public IAsyncEnumerable<DocumentSummary> DocumentsAsync(string @namespace, string prefix, CancellationToken cancellationToken) =>
        DocumentsAsync(@namespace, prefix, after: null, cancellationToken);

    public IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string @namespace, string prefix, string? after, CancellationToken cancellationToken)
    {
        var encoded = StoreText.Encode(prefix);
        var start = StoreText.KeyOf(prefix).Whole is null ? encoded : "";
        var from = DocumentPages.StartOf(prefix, after);
        return DocumentPages.Behind(after, database.StreamAsync(
            connection => ListAsync(
                connection, @namespace, isWhole: from.Length == 0, cancellationToken, Sql.Of(StoreText.Encode(@namespace)),
                Sql.Of(StoreText.KeyOf(from).Whole is null ? StoreText.Encode(from) : start), Sql.Of(KeyRange.EndOf(start)), Sql.Of(encoded)),
            cancellationToken));
    }

    /// <param name="isWhole">It is all documents: then there are as many as were counted.</param>
    private static async IAsyncEnumerable<DocumentSummary> ListAsync(
        NpgsqlConnection connection,
        string @namespace,
        bool isWhole,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters)
    {
        var (walked, counted) = (0L, 0L);
        var rows = connection.StreamAsync(
            DocumentsByPrefix,
            row =>
            {
                (walked, counted) = (walked + 1, row.GetOptionalInt64(SummaryColumns.Count) ?? 0);
                return SummaryColumns.Read(row);
            },
            cancellationToken,
            parameters);
        await foreach (var document in rows.ConfigureAwait(false))
        {
            yield return document;
        }

        LostRows.Refuse(@namespace, isWhole && walked < counted ? LostRows.Few : null);
    }

    private async Task RequireIndexAsync(NpgsqlConnection connection, string @namespace, CancellationToken cancellationToken)
    {
        if (await NamespaceTable.FindAsync(connection, @namespace, cancellationToken).ConfigureAwait(false) is not { Record.Generation: { } active }
            || await IndexGeneration.FindAsync(connection, active.Id, cancellationToken).ConfigureAwait(false) is not { } generation
            || generation.Location is not null) // words and vectors are those of what is published, which may be less than what is recorded
        {
            return;
        }

        try
        {
            await generation.RequireRowsAsync(connection, generation.Tables.Keywords, cancellationToken).ConfigureAwait(false);
            await generation.RequireRowsAsync(connection, generation.Tables.Vectors, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw generation.Damaged(database, e);
        }
    }

    public async ValueTask<IReadOnlyDictionary<string, string>> TextsAsync(
        string @namespace, IReadOnlyCollection<string> documents, CancellationToken cancellationToken) =>
        (await database.RunAsync(
            connection => connection.ListAsync(
                FoundTexts,
                row => (Id: row.GetStoreText(0), Text: row.GetStoreText(1)),
                cancellationToken,
                Sql.Of(StoreText.Encode(@namespace)),
                Sql.Of([.. documents.Select(document => StoreText.KeyOf(document).Key)])),
            cancellationToken).ConfigureAwait(false)).ToDictionary(row => row.Id, row => row.Text, StringComparer.Ordinal);

    public async ValueTask<IReadOnlyList<ChunkOrigin>> OriginsAsync(
        string @namespace, string document, CancellationToken cancellationToken) => await database.RunAsync(
        connection => OriginQuery.RunAsync(connection, @namespace, document, cancellationToken), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<LagCount>> LagsAsync(
        string @namespace, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) => await database.RunAsync(
        connection => connection.ListAsync(
            LagCounts,
            row => LagCount.OfKind(row.GetInt16(0), row.GetInt32(1), row.GetInt64(2)),
            cancellationToken,
            Sql.Of(StoreText.Encode(@namespace)),
            Sql.Of(StoreTime.HourOf(since)),
            Sql.Of(StoreTime.HourOf(until))),
        cancellationToken).ConfigureAwait(false);

    public IAsyncEnumerable<DocumentSummary> ExpiredAsync(
        string @namespace, DateTimeOffset time, CancellationToken cancellationToken) => database.StreamAsync(
        connection => connection.StreamAsync(
            ExpiredDocuments, SummaryColumns.Read, cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(time.ToStored())),
        cancellationToken);

    public IAsyncEnumerable<IndexedChunk> ChunksAsync(
        string @namespace, string? document, bool withVectors, CancellationToken cancellationToken) => database.StreamAsync(
        connection => LiveChunks.ListAsync(connection, @namespace, document, withVectors, cancellationToken), cancellationToken);

    private static NamespaceSummary ReadNamespace(NpgsqlDataReader row)
    {
        NamespaceCopies.Refuse(row.GetStoreText(0), row.GetOptionalText(Beside + GenerationTable.Count + 4));
        return Summary(row);
    }

    private static NamespaceSummary Summary(NpgsqlDataReader row) => new()
    {
        Name = row.GetStoreText(0),
        Loss = row.GetOptionalText(Beside + GenerationTable.Count + 3),
        Sequence = row.GetInt64(1),
        LastCompleteSync = StoreTime.Known(row.GetOptionalInt64(2)),
        Documents = row.GetOptionalInt64(3) ?? 0,
        Chunks = row.GetOptionalInt64(4) ?? 0,
        Horizon = row.GetInt64(5),
        NextExpiry = StoreTime.Known(row.GetOptionalInt64(6)),
        Generation = GenerationTable.Read(row, Active),
        Beside = GenerationTable.Read(row, Beside),
        DocumentsBeside = row.GetOptionalInt64(Beside + GenerationTable.Count) ?? 0,
        ChunksBeside = row.GetOptionalInt64(Beside + GenerationTable.Count + 1) ?? 0,
        PromotedAt = StoreTime.Known(row.GetOptionalInt64(Beside + GenerationTable.Count + 2)),
    };
}
