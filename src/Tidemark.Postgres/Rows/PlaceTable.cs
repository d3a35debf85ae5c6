using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Rows;

/// <summary>Reads and writes rows of <c>source_place</c>.</summary>
internal static class PlaceTable
{
    private const string Rows = """
        select s.name, p.place from source_place p join source s on s.id = p.source
        where s.namespace = (select id from namespace where name = $1)
        """;

    public static async Task<string?> FindAsync(NpgsqlConnection connection, long source, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<string>(
            "select place from source_place where source = $1", cancellationToken, Sql.Of(source)).ConfigureAwait(false) is { } place
            ? StoreText.Decode(place)
            : null;

    public static async Task<IReadOnlyDictionary<string, string>> ListAsync(
        NpgsqlConnection connection, string @namespace, CancellationToken cancellationToken) =>
        (await connection.ListAsync(
            Rows, row => (Name: row.GetStoreText(0), Place: row.GetStoreText(1)), cancellationToken, Sql.Of(StoreText.Encode(@namespace)))
            .ConfigureAwait(false)).ToDictionary(row => row.Name, row => row.Place, StringComparer.Ordinal);

    public static Task<int> NoteAsync(
        NpgsqlConnection connection, long source, string place, CancellationToken cancellationToken) => connection.ExecuteAsync(
        "insert into source_place (source, place) values ($1, $2) on conflict (source) do update set place = excluded.place",
        cancellationToken,
        Sql.Of(source),
        Sql.Of(StoreText.Encode(place)));
}
