using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>
/// Where an external index is and who owns it, twice in <c>catalog</c>: by a wrong one another collection would be asked, or the right one
/// taken for somebody else's. What was written before there were copies has none.
/// </summary>
internal static class ExternalCopies
{
    private static readonly (string Table, string Key, string Value)[] Kinds =
        [("external_index", "generation", "location"), ("index_owner", "namespace", "owner")];

    private const string Altered = """
        select exists (
          select 1 from catalog k left join external_index x on x.generation = k.id
          where k.kind = 'external_index' and k.id = $1 and x.location is distinct from k.first and x.location is distinct from k.second)
        or exists (
          select 1 from catalog k left join index_owner o on o.namespace = k.id
          where k.kind = 'index_owner' and k.id = (select namespace from generation where id = $1)
            and o.owner is distinct from k.first and o.owner is distinct from k.second)
        """;

    /// <summary>Whether the rows of a generation, or of its namespace, are gone or not what was stored.</summary>
    public static Task<bool> ContradictAsync(NpgsqlConnection connection, long generation, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>(Altered, cancellationToken, Sql.Of(generation));

    /// <summary>As they are now.</summary>
    public static async Task NoteAsync(NpgsqlConnection connection, long @namespace, long generation, CancellationToken cancellationToken)
    {
        foreach (var (table, key, value) in Kinds)
        {
            await connection.ExecuteAsync(
                $"""
                insert into catalog (kind, id, first, second) select '{table}', {key}, {value}, {value} from {table} where {key} = $1
                on conflict (kind, id) do update set first = excluded.first, second = excluded.second
                """,
                cancellationToken,
                Sql.Of(table == "index_owner" ? @namespace : generation)).ConfigureAwait(false);
        }
    }

    /// <summary>The generation is not in an external index any more.</summary>
    public static Task DropAsync(NpgsqlConnection connection, long generation, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("delete from catalog where kind = 'external_index' and id = $1", cancellationToken, Sql.Of(generation));

    /// <summary>Rows that are gone or not what their copies say.</summary>
    public static async Task<IReadOnlyList<CatalogRow>> DifferingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var differing = new List<CatalogRow>();
        foreach (var (table, key, value) in Kinds)
        {
            differing.AddRange(await connection.ListAsync(
                $"""
                select k.id, t.{value}, k.first, k.second from catalog k left join {table} t on t.{key} = k.id
                where k.kind = '{table}' and (t.{value} is distinct from k.first or k.first is distinct from k.second)
                """,
                row => new CatalogRow(table, row.GetInt64(0), Text(row, 1), Text(row, 2), Text(row, 3)),
                cancellationToken).ConfigureAwait(false));
        }

        return differing;
    }

    public static async Task MendAsync(NpgsqlConnection connection, CatalogRow row, string right, CancellationToken cancellationToken)
    {
        var (table, key, value) = Array.Find(Kinds, kind => kind.Table == row.Kind);
        await connection.ExecuteAsync(
            $"insert into {table} ({key}, {value}) values ($1, $2) on conflict ({key}) do update set {value} = excluded.{value}",
            cancellationToken,
            Sql.Of(row.Id),
            Sql.Of(right)).ConfigureAwait(false);
        await connection.ExecuteAsync(
            $"update catalog set first = $2, second = $2 where kind = '{table}' and id = $1",
            cancellationToken,
            Sql.Of(row.Id),
            Sql.Of(right)).ConfigureAwait(false);
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
