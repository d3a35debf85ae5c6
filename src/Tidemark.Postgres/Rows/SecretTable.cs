using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>The one row of <c>secret</c>.</summary>
internal static class SecretTable
{
    public static async Task<StoreSecret?> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        (await connection.ListAsync(
            $"""
            select salt, signing_key from (
              select id, salt, signing_key from secret union all select null, null, null where {SafeguardCopies.Differ}) s
            order by id nulls first limit 1
            """,
            row => row.IsDBNull(0) ? throw SafeguardCopies.Damaged() : new StoreSecret(row.GetString(0), row.GetString(1)),
            cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    /// <returns>The one that is there.</returns>
    public static async Task<StoreSecret> KeepAsync(NpgsqlConnection connection, StoreSecret secret, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("lock table secret in exclusive mode", cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(
            "insert into secret (salt, signing_key) select $1, $2 where not exists (select 1 from secret)",
            cancellationToken,
            Sql.Of(secret.Salt),
            Sql.Of(secret.SigningKey)).ConfigureAwait(false);
        return (await FindAsync(connection, cancellationToken).ConfigureAwait(false))!;
    }
}
