using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Rows;

/// <summary>
/// Reads and writes rows of <c>source_place</c>. Of a row and its two copies in <c>catalog</c> that counts which two of them say.
/// </summary>
internal static class PlaceTable
{
    private const string Told = """
        select coalesce(p.id, k.id) as source, case
          when k.first = k.second then k.first::jsonb ->> 0 else coalesce(p.place, k.first::jsonb ->> 0) end as place
        from source_place p full join (select id, first, second from catalog where kind = 'source_place') k on k.id = p.id
        """;

    private const string Rows = $"""
        select s.name, t.place from ({Told}) t join source s on s.id = t.source
        where s.namespace = (select id from namespace where name = $1)
        """;

    private const string One = $"select place from ({Told}) told where source = $1";

    /// <summary>The place of a source <c>s</c>.</summary>
    public const string OfSource = $"select place from ({Told}) told where source = s.id";

    public static async Task<string?> FindAsync(NpgsqlConnection connection, long source, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<string>(One, cancellationToken, Sql.Of(source)).ConfigureAwait(false) is { } place
            ? StoreText.Decode(place)
            : null;

    public static async Task<IReadOnlyDictionary<string, string>> ListAsync(
        NpgsqlConnection connection, string @namespace, CancellationToken cancellationToken) =>
        (await connection.ListAsync(
            Rows, row => (Name: row.GetStoreText(0), Place: row.GetStoreText(1)), cancellationToken, Sql.Of(StoreText.Encode(@namespace)))
            .ConfigureAwait(false)).ToDictionary(row => row.Name, row => row.Place, StringComparer.Ordinal);

    /// <summary>In the caller's transaction: the copies follow new rows alone, so that a change by hand shows.</summary>
    public static async Task<int> NoteAsync(NpgsqlConnection connection, long source, string place, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("delete from source_place where id = $1", cancellationToken, Sql.Of(source)).ConfigureAwait(false);
        return await connection.ExecuteAsync(
            "insert into source_place (id, place) values ($1, $2)", cancellationToken, Sql.Of(source), Sql.Of(StoreText.Encode(place)))
            .ConfigureAwait(false);
    }
}
