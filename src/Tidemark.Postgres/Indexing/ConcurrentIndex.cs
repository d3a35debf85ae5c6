using System.Globalization;
using Npgsql;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// An index that is made while others write (<c>create index concurrently</c>). Who made it and was killed left one that is not valid,
/// which goes before it is made again.
/// </summary>
/// <param name="connection">Not in a transaction.</param>
/// <param name="schema">The store's.</param>
/// <param name="name">Of the index.</param>
internal sealed class ConcurrentIndex(NpgsqlConnection connection, string schema, string name)
{
    private const string Restore = "reset maintenance_work_mem; reset max_parallel_maintenance_workers; reset client_connection_check_interval; "
        + "reset statement_timeout; reset lock_timeout";

    private readonly string _key = new LockKeys(schema).OfIndex(name);

    /// <summary>Bytes; where the server's setting is higher, that counts.</summary>
    public required long Memory { get; init; }

    /// <summary>With one processor, for others work.</summary>
    public bool IsBackground { get; init; }

    /// <returns>False: it is there, or another process is at it.</returns>
    public Task<bool> TryCreateAsync(string create, CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            if (await IndexTables.HasIndexAsync(connection, name, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            await connection.ExecuteAsync(Settings(), cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync($"drop index concurrently if exists {name}", cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(create, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Makes one that is there anew; until it is ready the former one answers.</summary>
    /// <returns>False: another process is at it.</returns>
    public Task<bool> TryRemakeAsync(CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            await connection.ExecuteAsync(Settings(), cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync($"reindex index concurrently {name}", cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private async Task<bool> AloneAsync(Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        if (!await connection.ScalarAsync<bool>(
            "select pg_try_advisory_lock(hashtextextended($1, 0))", cancellationToken, Sql.Of(_key)).ConfigureAwait(false))
        {
            return false;
        }

        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await connection.ExecuteAsync(Restore, CancellationToken.None).ConfigureAwait(false);
                await connection.ExecuteAsync(
                    "select pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None, Sql.Of(_key)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Its own time limits, whatever the role's are; and where this process is killed, the server notices within a second instead of making
    /// for nobody.
    /// </summary>
    private string Settings() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        select set_config('statement_timeout', '0', false), set_config('lock_timeout', '0', false),
               set_config('client_connection_check_interval', '1s', false),
               set_config('max_parallel_maintenance_workers',
                 case when {(IsBackground ? "true" : "false")} then '0' else current_setting('max_parallel_maintenance_workers') end, false),
               set_config('maintenance_work_mem',
                 greatest(pg_size_bytes(current_setting('maintenance_work_mem')), {Memory}) / 1024 || 'kB', false)
        """);
}
