using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Short answers about a namespace as a whole.</summary>
internal static class FigureQuery
{
    private const string SourceNames = """
        select name from source where namespace = (select id from namespace where name = $1) and documents > 0 order by name collate "C"
        """;

    // Of few documents each: there are indexes of just those.
    private const string Figures = $"""
        select case when {ChunkCounts.AreOfAnother}
               then (select count(*) from document d join layout l on l.generation = n.generation and l.document = d.key
                     where d.namespace = n.id and d.{RowStates.Live} and cardinality(l.chunks) = 0)
               else (select count(*) from document where namespace = n.id and {RowStates.Live} and chunks = 0) end,
               a.ahead, a.first
        from namespace n cross join lateral (
          select count(*) as ahead, min(coalesce(long_id, id) collate "C") as first from document
          where namespace = n.id and modified_at is not null and modified_at > $2) a
        where n.name = $1
        """;

    private const string Used = """
        select count(*) from namespace n join generation g on g.id = n.generation
        where n.name = $1 and (g.chunks > 0 or exists (select 1 from chunk c where c.generation = g.id))
        """;

    public static Task<List<string>> SourcesAsync(
        NpgsqlConnection connection, string @namespace, CancellationToken cancellationToken) => connection.ListAsync(
        SourceNames, row => row.GetStoreText(0), cancellationToken, Sql.Of(StoreText.Encode(@namespace)));

    public static async Task<DocumentFigures> DocumentsAsync(
        NpgsqlConnection connection, string @namespace, DateTimeOffset latest, CancellationToken cancellationToken) =>
        (await connection.ListAsync(
            Figures,
            row => new DocumentFigures(row.GetInt64(0), row.GetInt64(1), row.GetOptionalText(2)),
            cancellationToken,
            Sql.Of(StoreText.Encode(@namespace)),
            Sql.Of(latest.ToStored())).ConfigureAwait(false)).SingleOrDefault() ?? DocumentFigures.None;

    public static async Task<bool> IsUnusedAsync(
        NpgsqlConnection connection, string @namespace, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<long>(Used, cancellationToken, Sql.Of(StoreText.Encode(@namespace))).ConfigureAwait(false) == 0;
}
