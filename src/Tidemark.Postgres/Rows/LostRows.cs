using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Rows;

/// <summary>Keeps a row that was lost from being made a second time, under another number.</summary>
internal static class LostRows
{
    /// <summary>What of a namespace n and its generation g every command can afford to ask: whether there is anything of what is counted.</summary>
    public const string Emptied = """
        case when g.documents > 0 and not exists (select 1 from document where namespace = n.id) then 'all records of documents are gone'
             when g.documents > 0 and not exists (select 1 from layout where generation = g.id) then 'all lists of chunks are gone'
             when g.chunks > 0 and not exists (select 1 from chunk) then 'all chunks are gone'
             when g.chunks > 0 and not exists (select 1 from embedding) then 'all vectors are gone' end
        """;

    private const string Missing = $"""
        select coalesce({Emptied}, case
          when g.documents > (select count(*) from source s join document d on d.source = s.id and d.{RowStates.Live} where s.namespace = n.id)
            then '{Few}'
          when g.documents > (select count(*) from layout where generation = g.id) then 'lists of chunks are missing' end)
        from namespace n join generation g on g.id = n.generation where n.name = $1
        """;

    /// <summary>What a command that counts documents anyway can compare.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: some are missing.</exception>
    public static async Task RefuseMissingAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        Refuse(name, await connection.ScalarAsync<string>(Missing, cancellationToken, Sql.Of(StoreText.Encode(name))).ConfigureAwait(false));
        var id = await connection.ScalarAsync<long>(
            "select coalesce(max(id), 0) from namespace where name = $1", cancellationToken, Sql.Of(StoreText.Encode(name))).ConfigureAwait(false);
        await GoneCount.RequireAsync(connection, name, id, cancellationToken).ConfigureAwait(false);
    }

    private const string Counted = "select g.documents from namespace n join generation g on g.id = n.generation where n.name = $1";

    /// <summary>What a command that has walked all live documents can compare, in the same snapshot.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: some are missing.</exception>
    public static async Task RefuseFewerAsync(NpgsqlConnection connection, string name, long walked, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync<long?>(Counted, cancellationToken, Sql.Of(StoreText.Encode(name))).ConfigureAwait(false) > walked)
        {
            Refuse(name, Few);
        }
    }

    /// <summary>Fewer live documents than were counted.</summary>
    public const string Few = "records of documents are missing";

    /// <param name="fault">Null: none.</param>
    public static void Refuse(string name, string? fault)
    {
        if (fault is not null)
        {
            throw Damage.Of(name, $"{fault} of this namespace");
        }
    }

    /// <summary>
    /// A namespace that is asked for and not found: whether it was lost, under its number or its name. Another process may have made it since.
    /// </summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there was one.</exception>
    public static async Task RefuseNamespaceAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync<bool>(
            """
            select exists (select 1 from catalog where kind = 'namespace' and jsonb_build_array($1::text)::text in (first, second))
              and not exists (select 1 from namespace where name = $1)
            """,
            cancellationToken,
            Sql.Of(StoreText.Encode(name))).ConfigureAwait(false))
        {
            throw Damage.Of(name, "the row of this namespace is gone or not what was stored");
        }
    }

    public const string LostNamespaces =
        "select first from catalog k where kind = 'namespace' and not exists (select 1 from namespace n where n.id = k.id) limit 1";

    /// <summary>Before all namespaces are listed.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: one was lost.</exception>
    /// <param name="lost">What <see cref="LostNamespaces"/> finds.</param>
    public static void RefuseNamespaces(IReadOnlyList<string> lost)
    {
        if (lost.Count > 0)
        {
            throw Damage.Of("the store", $"the row of the namespace {lost[0].Trim('[', ']')} is gone");
        }
    }

    /// <param name="kind">The table.</param>
    /// <param name="condition">On <c>first</c>, the copy's JSON; $1 is the name, $2 the number.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there was one.</exception>
    public static async Task RefuseAsync(
        NpgsqlConnection connection, string kind, string name, string condition, long number, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync<bool>(
            $"""
            select exists (select 1 from catalog k where k.kind = '{kind}' and {condition} and $2::bigint is not null
              and not exists (select 1 from {kind} t where t.id = k.id))
            """,
            cancellationToken,
            Sql.Of(StoreText.Encode(name)),
            Sql.Of(number)).ConfigureAwait(false))
        {
            throw Damage.Of("the store", $"the row of the {kind} '{name}' is gone");
        }
    }
}
