using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Rows;

/// <summary>
/// Whoever decides by holds, by what was forgotten, or by the secret that its names are hashed with, asks first whether they are what was
/// stored: a row that is gone would act without a word.
/// </summary>
internal static class SafeguardCopies
{
    /// <summary>Whether one is gone, or says something else than its copies.</summary>
    public const string Differ = """
        exists (
          select 1 from (select * from catalog_rows where kind in ('safeguard', 'secret')) t
          full join (select * from catalog where kind in ('safeguard', 'secret')) k on k.kind = t.kind and k.id = t.id
          where t.content is distinct from k.first or k.first is distinct from k.second)
        """;

    /// <exception cref="TidemarkException"><c>store.corrupt</c>.</exception>
    public static async Task RequireAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await AreDifferentAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            throw Damaged();
        }
    }

    public static Task<bool> AreDifferentAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>($"select {Differ}", cancellationToken);

    public static TidemarkException Damaged() => new(
        ErrorCodes.StoreCorrupt,
        "the store is damaged: what is held and what was forgotten is not what was stored",
        "run 'VerifyAsync(Repair)': it comes back from its second copy; until then nothing is decided by it");
}
