using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>
/// How many documents that are gone a namespace remembers, twice in <c>catalog</c>: nothing else tells of a record that is lost of them,
/// and without it an older version would come in. A store that never had one has no row.
/// </summary>
internal static class GoneCount
{
    private const string IsNumber = "~ '^-?[0-9]{1,18}$'";

    /// <summary>Of a namespace $1: those that are there.</summary>
    private const string Rows = $"(select count(*) from document where namespace = $1 and {RowStates.NotLive})";

    // Whoever makes it has written his rows already; another who does so at the same time counted without them.
    private const string Change = $"""
        with known as (
          update catalog set first = case when first {IsNumber} then (first::bigint + $2)::text else first end,
                             second = case when second {IsNumber} then (second::bigint + $2)::text else second end
          where kind = 'gone' and id = $1 returning 1)
        insert into catalog (kind, id, first, second)
        select 'gone', $1, n::text, n::text from (select {Rows} as n) c where not exists (select 1 from known)
        on conflict (kind, id) do update set first = (catalog.first::bigint + $2)::text, second = (catalog.second::bigint + $2)::text
        """;

    private const string Set = $"""
        insert into catalog (kind, id, first, second) select 'gone', $1, n::text, n::text from (select {Rows} as n) c
        where n > 0 or exists (select 1 from catalog where kind = 'gone' and id = $1)
        on conflict (kind, id) do update set first = excluded.first, second = excluded.second
        """;

    // Counting all goes by the index over ids. Where they are too few, live ones may be missing.
    private const string Lost = $"""
        select exists (
          select 1 from catalog k join namespace n on n.id = k.id left join generation g on g.id = n.generation
          where k.kind = 'gone' and k.id = $1 and k.first = k.second and k.first {IsNumber}
            and (select count(*) from document d where d.namespace = n.id)
              < coalesce(g.documents, 0) + case when k.first {IsNumber} then k.first::bigint else 0 end
            and {Rows} < case when k.first {IsNumber} then k.first::bigint else 0 end)
        """;

    private const string Found = $"""
        select case when first {IsNumber} then first::bigint else -1 end, case when second {IsNumber} then second::bigint else -2 end, {Rows}
        from catalog where kind = 'gone' and id = $1
        """;

    /// <summary>After the rows were written.</summary>
    public static async Task AddAsync(NpgsqlConnection connection, long @namespace, long change, CancellationToken cancellationToken)
    {
        if (change != 0)
        {
            await connection.ExecuteAsync(Change, cancellationToken, Sql.Of(@namespace), Sql.Of(change)).ConfigureAwait(false);
        }
    }

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: records are lost.</exception>
    public static async Task RequireAsync(NpgsqlConnection connection, string name, long @namespace, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync<bool>(Lost, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false))
        {
            throw GoneRecords.Refusal(name);
        }
    }

    /// <returns>What was counted twice, and what is there; null: nothing was ever counted.</returns>
    public static async Task<GoneRecords?> FindAsync(NpgsqlConnection connection, long @namespace, CancellationToken cancellationToken) =>
        (await connection.ListAsync(
            Found,
            row => new GoneRecords(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken,
            Sql.Of(@namespace)).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>To what is there.</summary>
    public static Task SettleAsync(NpgsqlConnection connection, long @namespace, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Set, cancellationToken, Sql.Of(@namespace));
}
