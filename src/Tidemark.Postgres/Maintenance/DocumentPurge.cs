using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>Removes what is kept of documents that are gone, inside the caller's transaction.</summary>
internal static class DocumentPurge
{
    // Those too that a promotion closed, which no state lists.
    private const string Chunks = $"""
        with gone as (
          delete from chunk c using document d
          where d.key = c.document and d.namespace = (select id from namespace where name = $1) and d.id = any($2) and d.{RowStates.NotLive}
            and c.to_sequence is not null
          returning c.generation, c.input)
        select g.space, gone.input from gone join generation g on g.id = gone.generation
        """;

    // As of a commit at which they were valid, something is missing now. An id with a version is remembered for good, so that a late older
    // upsert cannot bring it back.
    private const string Purge = $"""
        with gone as materialized (
          select d.key, d.namespace from document d
          where d.namespace = (select id from namespace where name = $1) and d.id = any($2) and d.{RowStates.NotLive}),
        states as (delete from document_history h using gone g where h.document = g.key returning h.document, h.to_sequence),
        horizon as (
          update namespace n set horizon = greatest(n.horizon, (select max(to_sequence) from states))
          where n.name = $1 and exists (select 1 from states) returning 1),
        documents as (
          delete from document d using gone g
          where d.key = g.key and d.{RowStates.Removed} and d.version is null and d.modified_at is null returning 1)
        select (select count(distinct document) from states), (select count(*) from states), (select count(*) from documents),
               (select coalesce(max(namespace), 0) from gone)
        """;

    private const string Counts = $"""
        with gone as materialized (
          select d.key from document d
          where d.namespace = (select id from namespace where name = $1) and d.id = any($2) and d.{RowStates.NotLive})
        select (select count(distinct h.document) from document_history h join gone g on g.key = h.document),
               (select count(*) from document_history h join gone g on g.key = h.document),
               (select count(*) from chunk c join gone g on g.key = c.document where c.to_sequence is not null)
        """;

    /// <summary>What that would remove.</summary>
    public static async Task<PurgeReport> CountAsync(
        NpgsqlConnection connection, string @namespace, IReadOnlyCollection<string> documents, CancellationToken cancellationToken) =>
        (await connection.ListAsync(
            Counts,
            row => new PurgeReport(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken,
            Named(@namespace, documents)).ConfigureAwait(false))[0];

    public static async Task<PurgeReport> RunAsync(
        NpgsqlConnection connection, string @namespace, IReadOnlyCollection<string> documents, CancellationToken cancellationToken)
    {
        var named = Named(@namespace, documents);
        var chunks = await connection.ListAsync(
            Chunks, row => (Space: row.GetInt64(0), Input: row.GetHash(1)), cancellationToken, named).ConfigureAwait(false);
        var report = await connection.ListAsync(
            Purge,
            row => (Report: new PurgeReport(row.GetInt64(0), row.GetInt64(1), chunks.Count), Forgotten: row.GetInt64(2), Namespace: row.GetInt64(3)),
            cancellationToken,
            [.. named.Select(parameter => parameter.Clone())]).ConfigureAwait(false);
        await GoneCount.AddAsync(connection, report[0].Namespace, -report[0].Forgotten, cancellationToken).ConfigureAwait(false);
        await VectorRemoval.RunAsync(connection, chunks, cancellationToken).ConfigureAwait(false);
        return report[0].Report;
    }

    private static NpgsqlParameter[] Named(string @namespace, IReadOnlyCollection<string> documents) =>
        [Sql.Of(StoreText.Encode(@namespace)), Sql.Of(documents.Select(document => StoreText.KeyOf(document).Key).ToArray())];
}
