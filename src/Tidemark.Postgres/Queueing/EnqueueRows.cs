using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Postgres.Queueing;

/// <summary>Puts one batch of changes into <c>queue</c>, inside the caller's transaction.</summary>
internal sealed class EnqueueRows(NpgsqlConnection connection, long @namespace)
{
    private const string FindRows = """
        select q.key, q.source, q.document, q.dead, q.version, q.modified_at, q.source_id
        from queue q
        where q.namespace = $1 and q.identity = any (
          select queue_identity(u.source, u.document)
          from unnest($2::text[], $3::text[]) u(source, document))
        order by q.key for update
        """;

    private const string InsertRows = """
        insert into queue (namespace, source, document, source_id, priority, available, revision, enqueued_at, version, modified_at,
                           is_delete, bytes, payload, seal)
        select $1, u.source, u.document, u.source_id, u.priority, n.ticks, n.revision, n.ticks, u.version, u.modified_at,
               u.is_delete, u.bytes, u.payload, u.seal
        from unnest($2::text[], $3::text[], $4::text[], $5::smallint[], $6::bigint[], $7::bigint[], $8::smallint[], $9::bigint[], $10::text[], $11::bigint[])
          with ordinality u(source, document, source_id, priority, version, modified_at, is_delete, bytes, payload, seal, place),
          (select ticks() as ticks, nextval('queue_number') as revision) n
        order by u.place
        on conflict do nothing
        """;

    // A leased one stays leased, until its worker or the clock gives it back; one that waits keeps its place in the line.
    private const string ReplaceRows = $"""
        with n as materialized (select ticks() as ticks, nextval('queue_number') as revision)
        update queue q set source_id = u.source_id, priority = u.priority, revision = (select revision from n),
               enqueued_at = (select ticks from n), version = u.version, modified_at = u.modified_at, is_delete = u.is_delete,
               bytes = u.bytes, payload = u.payload, seal = u.seal, {RowStates.Waiting}, attempts = 0, losses = 0, code = null, message = null, remedy = null,
               token = case when q.{RowStates.Waiting} and q.token <> 0 and q.available > (select ticks from n) then q.token else 0 end,
               available = case when q.{RowStates.Waiting} and q.token <> 0 and q.available > (select ticks from n) then q.available
                                else least(q.available, (select ticks from n)) end
        from unnest($1::bigint[], $2::text[], $3::smallint[], $4::bigint[], $5::bigint[], $6::smallint[], $7::bigint[], $8::text[], $9::bigint[])
          u(key, source_id, priority, version, modified_at, is_delete, bytes, payload, seal)
        where q.key = u.key
        """;

    private const string DocumentsOfSourceId = $"""
        select document, 0::smallint, null::bigint, null::bigint from queue
        where namespace = $1 and source = $2 and md5(source_id) = md5($3) and source_id = $3 and source_id <> document
        union all
        select document, 0::smallint, null, null from queue
        where namespace = $1 and identity = queue_identity($2, $3) and source_id = $3
        union all
        select coalesce(d.long_id, d.id), 1::smallint, d.version, d.modified_at from source s
        join source_id i on i.namespace = $1 and i.value = $4
        join document d on d.source = s.id and d.{RowStates.Live} and d.source_id = i.id
        where s.namespace = $1 and s.name = $2
        union all
        select coalesce(d.long_id, d.id), 1::smallint, d.version, d.modified_at from source s
        join document d on d.namespace = $1 and d.id = $4 and d.source = s.id and d.{RowStates.Live} and d.source_id = 0
        where s.namespace = $1 and s.name = $2
        """;

    private const string StoredVersions =
        "select coalesce(long_id, id), version, modified_at from document where namespace = $1 and id = any($2)";

    private const string ReadRows = "select key, payload from queue where key = any($1)";

    private readonly Dictionary<(string Source, string Document), WaitingChange> _waiting = [];

    /// <returns>Null: another process has put a change of the same document in at this moment; try again.</returns>
    public async Task<EnqueueResult?> PutAsync(IReadOnlyList<SourceChange> changes, CancellationToken cancellationToken)
    {
        var singles = await SinglesAsync(changes, cancellationToken).ConfigureAwait(false);
        foreach (var single in singles)
        {
            _waiting.TryAdd((single.Source, single.Document), new WaitingChange(single.Source, single.Document));
        }

        await FindAsync(cancellationToken).ConfigureAwait(false);
        await ReadAsync(singles, cancellationToken).ConfigureAwait(false);
        await FindStoredAsync(singles, cancellationToken).ConfigureAwait(false);
        var result = default(EnqueueResult);
        foreach (var single in singles)
        {
            var waiting = _waiting[(single.Source, single.Document)];
            result += single.Change is DocumentChange.DeleteSource whole ? waiting.Take(whole, single.Stored) : waiting.Take(single.Change);
        }

        return await WriteAsync(cancellationToken).ConfigureAwait(false) ? result : null;
    }

    /// <summary>A tombstone of a source id once for each document that there is, waiting, indexed, or before it in the batch.</summary>
    private async Task<List<Single>> SinglesAsync(IReadOnlyList<SourceChange> changes, CancellationToken cancellationToken)
    {
        var singles = new List<Single>(changes.Count);
        foreach (var change in changes)
        {
            if (change.Change is not DocumentChange.DeleteSource whole)
            {
                singles.Add(new Single(change.Source, ChangeOrder.DocumentOf(change.Change)!, change.Change, null));
                continue;
            }

            var documents = await DocumentsOfAsync(change.Source, whole.SourceId, cancellationToken).ConfigureAwait(false);
            foreach (var before in singles.Where(one => one.Source == change.Source && ChangeOrder.SourceIdOf(one.Change) == whole.SourceId))
            {
                documents.TryAdd(before.Document, null);
            }

            singles.AddRange(documents.Select(one => new Single(change.Source, one.Key, whole, one.Value)));
        }

        return singles;
    }

    /// <returns>Documents with the version of what is stored; null where only a change of them waits.</returns>
    private async Task<Dictionary<string, DocumentVersion?>> DocumentsOfAsync(
        string source, string sourceId, CancellationToken cancellationToken)
    {
        var documents = new Dictionary<string, DocumentVersion?>(StringComparer.Ordinal);
        await connection.ListAsync(
            DocumentsOfSourceId,
            row =>
            {
                var document = row.GetStoreText(0);
                return documents[document] = row.GetInt16(1) == 0 ? documents.GetValueOrDefault(document) : row.GetVersion(2, document);
            },
            cancellationToken,
            Sql.Of(@namespace), Text(source), Text(sourceId), Sql.Of(StoreText.KeyOf(sourceId).Key)).ConfigureAwait(false);
        return documents;
    }

    /// <summary>What waits for documents of a source id that is declared gone, or under the version of what comes.</summary>
    private async Task ReadAsync(List<Single> singles, CancellationToken cancellationToken)
    {
        var rows = singles.Select(single => (single.Change, Waiting: _waiting[(single.Source, single.Document)]))
            .Where(one => one.Waiting.Key != 0 && (one.Change is DocumentChange.DeleteSource || one.Waiting.MayContradict(one.Change)))
            .Select(one => one.Waiting)
            .DistinctBy(waiting => waiting.Key).ToDictionary(waiting => waiting.Key);
        if (rows.Count > 0)
        {
            await connection.ListAsync(
                ReadRows,
                row => rows[row.GetInt64(0)].Stored = ChangePayload.Find(System.Text.Encoding.UTF8.GetBytes(row.GetString(1))),
                cancellationToken,
                Sql.Of(rows.Keys.ToArray())).ConfigureAwait(false);
        }
    }

    private Task<List<bool>> FindAsync(CancellationToken cancellationToken) => connection.ListAsync(
        FindRows,
        row =>
        {
            _waiting[(row.GetStoreText(1), row.GetStoreText(2))]
                .Found(row.GetInt64(0), row.GetInt16(3) != 0, row.GetVersion(4, "table queue"), row.GetStoreText(6));
            return true;
        },
        cancellationToken,
        Sql.Of(@namespace),
        Texts(_waiting.Values, waiting => waiting.Source),
        Texts(_waiting.Values, waiting => waiting.Document));

    /// <summary>What the store has of documents whose changes meet others, where that may decide which counts.</summary>
    private async Task FindStoredAsync(List<Single> singles, CancellationToken cancellationToken)
    {
        var repeated = singles.CountBy(single => (single.Source, single.Document)).Where(one => one.Value > 1).Select(one => one.Key).ToHashSet();
        var meeting = singles
            .Where(single => !ChangeOrder.VersionOf(single.Change).IsNone
                && (_waiting[(single.Source, single.Document)].Key != 0 || repeated.Contains((single.Source, single.Document))))
            .ToLookup(single => single.Document, single => _waiting[(single.Source, single.Document)], StringComparer.Ordinal);
        if (meeting.Count > 0)
        {
            await connection.ListAsync(
                StoredVersions,
                row =>
                {
                    var document = row.GetStoreText(0);
                    foreach (var waiting in meeting[document])
                    {
                        waiting.Indexed = row.GetVersion(1, document);
                    }

                    return true;
                },
                cancellationToken,
                Sql.Of(@namespace),
                Sql.Of([.. meeting.Select(one => StoreText.KeyOf(one.Key).Key)])).ConfigureAwait(false);
        }
    }

    private async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        WaitingChange[] added = [.. _waiting.Values.Where(waiting => waiting is { Change: not null, Key: 0 })];
        WaitingChange[] replaced = [.. _waiting.Values.Where(waiting => waiting is { Change: not null, Key: not 0 })];
        if (added.Length > 0)
        {
            var inserted = await connection.ExecuteAsync(
                InsertRows, cancellationToken,
                [Sql.Of(@namespace), Texts(added, a => a.Source), Texts(added, a => a.Document), .. Columns(added)]).ConfigureAwait(false);
            if (inserted < added.Length)
            {
                return false;
            }
        }

        if (replaced.Length > 0)
        {
            await connection.ExecuteAsync(
                ReplaceRows, cancellationToken, [Sql.Of(Array.ConvertAll(replaced, r => r.Key)), .. Columns(replaced)]).ConfigureAwait(false);
        }

        return true;
    }

    private static NpgsqlParameter[] Columns(WaitingChange[] waiting)
    {
        var changes = Array.ConvertAll(waiting, w => w.Change!);
        var payloads = Array.ConvertAll(changes, change => System.Text.Encoding.UTF8.GetString(ChangePayload.Write(change)));
        var versions = Array.ConvertAll(changes, ChangeOrder.VersionOf);
        return
        [
            Texts(changes, ChangeOrder.SourceIdOf),
            Sql.Of(Array.ConvertAll(changes, change => (short)ChangePriorities.Of(change))),
            Sql.Of(Array.ConvertAll(versions, version => version.Number)),
            Sql.Of(Array.ConvertAll(versions, version => version.ModifiedAt.ToStored())),
            Sql.Of(Array.ConvertAll(changes, change => (short)(change is DocumentChange.Delete ? 1 : 0))),
            Sql.Of(Array.ConvertAll(payloads, payload => (long)System.Text.Encoding.UTF8.GetByteCount(payload))),
            Sql.Of(payloads),
            Sql.Of([.. waiting.Select((w, i) => SealOf(w, payloads[i]))]),
        ];
    }

    private static long SealOf(WaitingChange waiting, string payload) => Seal.OfChange(
        waiting.Source,
        waiting.Document,
        ChangeOrder.SourceIdOf(waiting.Change!),
        ChangeOrder.VersionOf(waiting.Change!),
        System.Text.Encoding.UTF8.GetBytes(payload));

    private static NpgsqlParameter Texts<T>(IReadOnlyCollection<T> items, Func<T, string> read) =>
        Sql.Of(items.Select(item => StoreText.Encode(read(item))).ToArray());

    private static NpgsqlParameter Text(string text) => Sql.Of(StoreText.Encode(text));

    /// <param name="Change">Of the document, or of a whole source id that it has.</param>
    /// <param name="Stored">The version of the live document, where that has the source id.</param>
    private readonly record struct Single(string Source, string Document, DocumentChange Change, DocumentVersion? Stored);
}
