using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Short answers about a namespace as a whole.</summary>
internal static class FigureQuery
{
    private const string SourceNames = """
        select name from source where namespace = (select id from namespace where name = $1) and documents > 0 order by name collate "C"
        """;

    private const string Figures = $"""
        select count(*) filter (where {RowStates.Live} and chunks = 0), count(*) filter (where modified_at > $2),
               min(coalesce(long_id, id) collate "C") filter (where modified_at > $2)
        from document where namespace = (select id from namespace where name = $1)
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
            Sql.Of(latest.ToStored())).ConfigureAwait(false))[0];

    public static async Task<bool> IsUnusedAsync(
        NpgsqlConnection connection, string @namespace, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<long>(Used, cancellationToken, Sql.Of(StoreText.Encode(@namespace))).ConfigureAwait(false) == 0;
}
