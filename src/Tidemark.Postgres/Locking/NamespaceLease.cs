using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Locking;

/// <summary>
/// A hold on a namespace, or on the whole store: advisory locks of one connection, so they end with it, however that ends.
/// All writing of the holder goes over that connection: who has lost the lock cannot write any more.
/// </summary>
internal sealed class NamespaceLease : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly Func<CancellationToken, Task<int>> _letGo;

    private NamespaceLease(NpgsqlConnection connection, Func<CancellationToken, Task<int>> letGo) => (Connection, _letGo) = (connection, letGo);

    public NpgsqlConnection Connection { get; }

    /// <param name="namespace">Null: the whole store, against everybody.</param>
    /// <param name="wait">How long to try; zero: once.</param>
    /// <exception cref="TidemarkException"><c>run.locked</c>.</exception>
    public static async ValueTask<NamespaceLease> AcquireAsync(
        PostgresDatabase database, string? @namespace, NamespaceHold hold, TimeSpan wait, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var keys = new LockKeys(database.Address.Schema);
            var started = database.Clock.GetTimestamp();
            while (!await database.GuardAsync(
                connection, () => TryAsync(connection, keys, @namespace, hold, cancellationToken), cancellationToken).ConfigureAwait(false))
            {
                var left = wait - database.Clock.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                {
                    throw await LockedAsync(database, connection, keys, @namespace).ConfigureAwait(false);
                }

                await Task.Delay(left < Poll ? left : Poll, database.Clock, cancellationToken).ConfigureAwait(false);
            }

            return new NamespaceLease(connection, stop => LetGoAsync(connection, keys, @namespace, hold, stop));
        }
        catch
        {
            await connection.GiveBackAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the hold before the connection: others may have the namespace, and whoever still writes here may meet them.</summary>
    public Task LetGoAsync(CancellationToken cancellationToken) => _letGo(cancellationToken);

    public ValueTask DisposeAsync() => Connection.ReleaseAsync();

    private static Task<int> LetGoAsync(
        NpgsqlConnection connection, LockKeys keys, string? @namespace, NamespaceHold hold, CancellationToken cancellationToken) => @namespace is null
        ? connection.ExecuteAsync("select pg_advisory_unlock(hashtextextended($1, 0))", cancellationToken, Sql.Of(keys.Store))
        : connection.ExecuteAsync(
            $"""
            select pg_advisory_unlock{(hold == NamespaceHold.Shared ? "_shared" : "")}(hashtextextended($1, 0)),
                   pg_advisory_unlock_shared(hashtextextended($2, 0))
            """,
            cancellationToken,
            Sql.Of(keys.Of(@namespace)),
            Sql.Of(keys.Store));

    private static async ValueTask<bool> TryAsync(
        NpgsqlConnection connection, LockKeys keys, string? @namespace, NamespaceHold hold, CancellationToken cancellationToken)
    {
        if (@namespace is null)
        {
            return await TakeAsync("pg_try_advisory_lock", keys.Store).ConfigureAwait(false);
        }

        if (!await TakeAsync("pg_try_advisory_lock_shared", keys.Store).ConfigureAwait(false))
        {
            return false;
        }

        var function = hold == NamespaceHold.Shared ? "pg_try_advisory_lock_shared" : "pg_try_advisory_lock";
        if (await TakeAsync(function, keys.Of(@namespace)).ConfigureAwait(false))
        {
            return true;
        }

        await TakeAsync("pg_advisory_unlock_shared", keys.Store).ConfigureAwait(false);
        return false;

        Task<bool> TakeAsync(string take, string key) => connection.ScalarAsync<bool>(
            $"select {take}(hashtextextended($1, 0))", cancellationToken, Sql.Of(key));
    }

    private static async Task<TidemarkException> LockedAsync(
        PostgresDatabase database, NpgsqlConnection connection, LockKeys keys, string? @namespace)
    {
        var who = await database.GuardAsync(connection, async () => await connection.ScalarAsync<string>(
            """
            with wanted as (select hashtextextended($1, 0) as key)
            select string_agg(format('server process %s of %s since %s', l.pid, coalesce(host(a.client_addr), 'this machine'),
                              coalesce(to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), '?')), '; ')
            from wanted, pg_locks l left join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.pid <> pg_backend_pid()
              and ((l.classid::bigint << 32) | l.objid::bigint) = wanted.key
            """,
            CancellationToken.None,
            Sql.Of(@namespace is null ? keys.Store : keys.Of(@namespace))).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
        var what = @namespace is null ? $"the store '{database.Address}'" : $"the namespace '{@namespace}' of '{database.Address}'";
        return new TidemarkException(
            ErrorCodes.RunLocked,
            $"another run holds {what}: {who ?? "it has just ended, or holds the whole store"}",
            "let it finish, wait for it with SyncOptions.Wait, or end that process");
    }
}
