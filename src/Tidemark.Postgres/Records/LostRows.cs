using Npgsql;
using Tidemark.Postgres.Storage;

namespace Tidemark.Postgres.Records;

/// <summary>Keeps a row that was lost from being made a second time, under another number.</summary>
internal static class LostRows
{
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
