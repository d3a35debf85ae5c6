using Npgsql;
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

    private const string Vectors = """
        with gone as (
          delete from embedding e using unnest($1::bigint[], $2::bytea[]) w(space, input)
          where e.space = w.space and e.input = w.input and not exists (
            select 1 from chunk c join generation g on g.id = c.generation where g.space = w.space and c.input = w.input)
          returning 1)
        select count(*) from gone
        """;

    private const string Unnamed = """
        delete from source_id i where i.namespace = (select id from namespace where name = $1)
          and not exists (select 1 from document d where d.source_id = i.id)
          and not exists (select 1 from document_history h where h.source_id = i.id)
        """;

    private const string Queued = """
        delete from queue where namespace = (select id from namespace where name = $1) and (document = any($2) or source_id = $3)
        """;

    private const string Reports = """
        select id, report from run where namespace = (select id from namespace where name = $1) and report is not null
        """;

    public async Task<ErasedDocuments> RunAsync(IReadOnlyCollection<string> documents, string? sourceId, CancellationToken cancellationToken)
    {
        var name = Sql.Of(StoreText.Encode(@namespace));
        var known = await connection.ListAsync(
            Known,
            row => (Key: row.GetInt64(0), Id: row.GetStoreText(1), IsLive: row.GetBoolean(2)),
            cancellationToken,
            name,
            Sql.Of(documents.Select(document => StoreText.KeyOf(document).Key).ToArray())).ConfigureAwait(false);
        var live = known.Where(one => one.IsLive).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var keys = known.Where(one => !one.IsLive).Select(one => one.Key).ToArray();
        string[] gone = [.. documents.Where(document => !live.Contains(document))];
        string[] names = Array.ConvertAll(gone, StoreText.Encode);
        var chunks = await connection.ListAsync(
            Chunks, row => (Space: row.GetInt64(0), Input: row.GetHash(1), Text: row.GetStoreText(2)), cancellationToken, Sql.Of(keys)).ConfigureAwait(false);
        await DeleteAsync("layout where document", keys, cancellationToken).ConfigureAwait(false);
        await DeleteAsync("document_text where document", keys, cancellationToken).ConfigureAwait(false);
        var erased = new ErasedDocuments
        {
            Chunks = chunks.Count,
            History = await DeleteAsync("document_history where document", keys, cancellationToken).ConfigureAwait(false),
            Records = await DeleteAsync("document where key", keys, cancellationToken).ConfigureAwait(false),
            Queue = await connection.ExecuteAsync(
                Queued, cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(names), Sql.Of(StoreText.EncodeOptional(sourceId))).ConfigureAwait(false),
            Quarantine = await connection.ExecuteAsync(
                "delete from quarantine where namespace = $1 and document = any($2)",
                cancellationToken,
                Sql.Of(StoreText.Encode(@namespace)),
                Sql.Of(names)).ConfigureAwait(false),
            StillLive = [.. live],
            Traces = [.. chunks.Select(chunk => ErasureTrace.Of(chunk.Text)).OfType<string>().Take(MostTraces)],
        };
        await connection.ExecuteAsync(Unnamed, cancellationToken, Sql.Of(StoreText.Encode(@namespace))).ConfigureAwait(false);
        var inputs = chunks.Select(chunk => (chunk.Space, chunk.Input)).Distinct().ToArray();
        return erased with
        {
            Vectors = await connection.ScalarAsync<long>(
                Vectors,
                cancellationToken,
                Sql.Of(Array.ConvertAll(inputs, input => input.Space)),
                Sql.Of(Array.ConvertAll(inputs, input => (byte[]?)input.Input.ToArray()))).ConfigureAwait(false),
            Golden = await GoldenScrub.RunAsync(
                connection, @namespace, new GoldenErasure(documents, erased.Traces), cancellationToken).ConfigureAwait(false),
            Runs = await EraseReportsAsync(gone, cancellationToken).ConfigureAwait(false),
        };
    }

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
