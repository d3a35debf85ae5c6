using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>Removes every row of documents that are not in the index, inside the caller's transaction.</summary>
internal sealed class DocumentErasure(NpgsqlConnection connection, string @namespace)
{
    private const int MostTraces = 32;

    private const string Known = $"""
        select d.key, coalesce(d.long_id, d.id), d.{RowStates.Live} from document d
        where d.namespace = (select id from namespace where name = $1) and d.id = any($2)
        """;

    private const string Chunks = """
        with gone as (delete from chunk where document = any($1) returning generation, input, text)
        select g.space, gone.input, gone.text from gone join generation g on g.id = gone.generation
        """;

    private const string Indexed = """
        select t.name from (select distinct generation from chunk where document = any($1) and to_sequence is null) g
        cross join lateral (values ('keywords_' || g.generation), ('vectors_' || g.generation)) t(name)
        where to_regclass(t.name) is not null
        """;

    private const string StatesUnder = """
        delete from document_history h using document d
        where d.key = h.document and d.namespace = (select id from namespace where name = $1)
          and coalesce((select i.value from source_id i where i.id = h.source_id), d.id) = any($2)
        returning h.document
        """;

    // What no list names any more, of documents that go on.
    private const string Unlisted = """
        with gone as (
          delete from chunk c where c.document = any($1) and c.to_sequence is not null
            and not exists (select 1 from document_history h where h.document = c.document and c.key = any(h.chunks))
            and not exists (select 1 from layout l where l.document = c.document and c.key = any(l.chunks))
          returning generation, input, text)
        select g.space, gone.input, gone.text from gone join generation g on g.id = gone.generation
        """;

    // A document was purged, and chunks were left that a promotion had closed.
    private const string Ownerless = """
        with gone as (
          delete from chunk c using generation g
          where g.id = c.generation and g.namespace = (select id from namespace where name = $1)
            and c.to_sequence is not null and not exists (select 1 from document d where d.key = c.document)
            and not exists (select 1 from document_history h where h.document = c.document)
          returning g.space, c.input, c.text)
        select space, input, text from gone
        """;

    private const string Unnamed = """
        delete from source_id i where i.namespace = (select id from namespace where name = $1)
          and not exists (select 1 from document d where d.source_id = i.id)
          and not exists (select 1 from document_history h where h.source_id = i.id)
        """;

    private const string Queued = """
        delete from queue where namespace = (select id from namespace where name = $1) and (document = any($2) or source_id = any($3))
        """;

    private const string Reports = """
        select id, report from run where namespace = (select id from namespace where name = $1) and report is not null
        """;

    public async Task<ErasedDocuments> RunAsync(IReadOnlyCollection<string> documents, IReadOnlyCollection<string> sourceIds, CancellationToken cancellationToken)
    {
        var known = await connection.ListAsync(
            Known,
            row => (Key: row.GetInt64(0), Id: row.GetStoreText(1), IsLive: row.GetBoolean(2)),
            cancellationToken,
            Sql.Of(StoreText.Encode(@namespace)),
            Sql.Of(documents.Select(document => StoreText.KeyOf(document).Key).ToArray())).ConfigureAwait(false);
        var live = known.Where(one => one.IsLive).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var keys = known.Where(one => !one.IsLive).Select(one => one.Key).ToArray();
        string[] gone = [.. documents.Where(document => !live.Contains(document))];
        string[] names = Array.ConvertAll(gone, StoreText.Encode);
        await RemoveIndexedAsync(keys, cancellationToken).ConfigureAwait(false);
        var chunks = await RemoveAsync(Chunks, cancellationToken, Sql.Of(keys)).ConfigureAwait(false);
        await DeleteAsync("layout where document", keys, cancellationToken).ConfigureAwait(false);
        await DeleteAsync("document_text where document", keys, cancellationToken).ConfigureAwait(false);
        var states = await DeleteAsync("document_history where document", keys, cancellationToken).ConfigureAwait(false);
        if (sourceIds.Count > 0)
        {
            var under = await connection.ListAsync(
                StatesUnder, row => row.GetInt64(0), cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(sourceIds.Select(one => StoreText.KeyOf(one).Key).ToArray())).ConfigureAwait(false);
            states += under.Count;
            chunks.AddRange(await RemoveAsync(Unlisted, cancellationToken, Sql.Of([.. under.Distinct()])).ConfigureAwait(false));
        }

        chunks.AddRange(await RemoveAsync(Ownerless, cancellationToken, Sql.Of(StoreText.Encode(@namespace))).ConfigureAwait(false));
        var erased = new ErasedDocuments
        {
            Chunks = chunks.Count,
            History = states,
            Records = await DeleteAsync("document where key", keys, cancellationToken).ConfigureAwait(false),
            Queue = await connection.ExecuteAsync(
                Queued, cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(names), Sql.Of(sourceIds.Select(StoreText.Encode).ToArray())).ConfigureAwait(false),
            Quarantine = await connection.ExecuteAsync(
                "delete from quarantine where namespace = $1 and document = any($2)",
                cancellationToken,
                Sql.Of(StoreText.Encode(@namespace)),
                Sql.Of(names)).ConfigureAwait(false),
            StillLive = [.. live],
            Traces = [.. chunks.Select(chunk => ErasureTrace.Of(chunk.Text)).OfType<string>().Take(MostTraces)],
        };
        var id = await connection.ScalarAsync<long>(
            "select coalesce(max(id), 0) from namespace where name = $1", cancellationToken, Sql.Of(StoreText.Encode(@namespace))).ConfigureAwait(false);
        await GoneCount.AddAsync(connection, id, -erased.Records, cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(Unnamed, cancellationToken, Sql.Of(StoreText.Encode(@namespace))).ConfigureAwait(false);
        return erased with
        {
            Vectors = await VectorRemoval.RunAsync(connection, chunks.Select(chunk => (chunk.Space, chunk.Input)), cancellationToken).ConfigureAwait(false),
            Golden = await GoldenScrub.RunAsync(
                connection, @namespace, new GoldenErasure(documents, erased.Traces), cancellationToken).ConfigureAwait(false),
            Runs = await EraseReportsAsync(gone, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>A chunk that no list names was not taken out of the index when its document was.</summary>
    private async Task RemoveIndexedAsync(long[] documents, CancellationToken cancellationToken)
    {
        var tables = await connection.ListAsync(Indexed, row => row.GetString(0), cancellationToken, Sql.Of(documents)).ConfigureAwait(false);
        foreach (var table in tables)
        {
            await connection.ExecuteAsync($"delete from {table} where document = any($1)", cancellationToken, Sql.Of(documents)).ConfigureAwait(false);
        }
    }

    private Task<List<(long Space, ContentHash Input, string Text)>> RemoveAsync(
        string chunks, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) => connection.ListAsync(
        chunks, row => (Space: row.GetInt64(0), Input: row.GetHash(1), Text: row.GetStoreText(2)), cancellationToken, parameters);

    private async Task<long> DeleteAsync(string rows, long[] keys, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync($"delete from {rows} = any($1)", cancellationToken, Sql.Of(keys)).ConfigureAwait(false);

    private async Task<long> EraseReportsAsync(string[] documents, CancellationToken cancellationToken)
    {
        var reports = await connection.ListAsync(
            Reports, row => (Run: row.GetInt64(0), Report: row.GetStoreText(1)), cancellationToken, Sql.Of(StoreText.Encode(@namespace))).ConfigureAwait(false);
        var changed = 0L;
        foreach (var (run, report) in reports)
        {
            if (ReportErasure.Without(report, documents) is { } rest)
            {
                changed += await connection.ExecuteAsync(
                    "update run set report = $2 where id = $1", cancellationToken, Sql.Of(run), Sql.Of(StoreText.Encode(rest))).ConfigureAwait(false);
            }
        }

        return changed;
    }
}
