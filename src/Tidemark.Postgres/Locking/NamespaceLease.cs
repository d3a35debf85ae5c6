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

    /// <summary>A collection is waited for by whoever waits for nobody else: it holds what it holds for a tenth of a second.</summary>
    private static readonly TimeSpan PatienceWithSweeps = TimeSpan.FromSeconds(5);

    // Whether somebody else than a collection is in the way: holds the namespace in whatever way ($2; null: none), or the store alone ($1; for
    // the store itself in whatever way).
    private const string IsHeldByOthers = """
        with held as (
          select l.pid, (l.classid::bigint << 32) | l.objid::bigint as key, l.mode from pg_locks l
          where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.pid <> pg_backend_pid())
        select exists (
          select 1 from held h
          where ((h.key = hashtextextended($1, 0) and ($2::text is null or h.mode = 'ExclusiveLock')) or h.key = hashtextextended($2, 0))
            and not exists (select 1 from held s where s.pid = h.pid and s.key = hashtextextended($3, 0)))
        """;

    private readonly Func<CancellationToken, Task<int>> _letGo;

    private NamespaceLease(NpgsqlConnection connection, Func<CancellationToken, Task<int>> letGo) => (Connection, _letGo) = (connection, letGo);

    public NpgsqlConnection Connection { get; }

    /// <param name="namespace">Null: the whole store, against everybody.</param>
    /// <param name="wait">How long to try; zero: once.</param>
    /// <exception cref="TidemarkException"><c>run.locked</c>.</exception>
    public static ValueTask<NamespaceLease> AcquireAsync(
        PostgresDatabase database, string? @namespace, NamespaceHold hold, TimeSpan wait, CancellationToken cancellationToken) => AcquireAsync(
        database,
        @namespace,
        hold,
        wait,
        (connection, lockKeys, stop) => connection.ScalarAsync<bool>(
            $"select {TakingOf(@namespace, hold)}", stop, [.. lockKeys.Select(key => Sql.Of(key))]),
        cancellationToken);

    /// <summary>The same with a statement that takes the locks by <see cref="TakingOf"/> and looks at more, in one message to the server.</summary>
    /// <param name="take">Given the parameters <c>$1</c> and, for a namespace, <c>$2</c>, whether they were had.</param>
    public static async ValueTask<NamespaceLease> AcquireAsync(
        PostgresDatabase database,
        string? @namespace,
        NamespaceHold hold,
        TimeSpan wait,
        Func<NpgsqlConnection, string[], CancellationToken, Task<bool>> take,
        CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var keys = new LockKeys(database.Address.Schema);
            string[] lockKeys = @namespace is null ? [keys.Store] : [keys.Store, keys.Of(@namespace)];
            var started = database.Clock.GetTimestamp();
            while (!await database.GuardAsync(
                connection, async () => await take(connection, lockKeys, cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false))
            {
                var left = wait - database.Clock.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                {
                    if (left + PatienceWithSweeps <= TimeSpan.Zero
                        || await IsHeldByOthersAsync(database, connection, keys, @namespace, cancellationToken).ConfigureAwait(false))
                    {
                        throw await RefusalAsync(database, connection, keys, @namespace).ConfigureAwait(false);
                    }

                    left = Poll / 2;
                }

                await Task.Delay(left < Poll ? left : Poll, database.Clock, cancellationToken).ConfigureAwait(false);
            }

            return new NamespaceLease(connection, stop => LetGoAsync(connection, keys, @namespace, hold, stop));
        }
        catch
        {
            await connection.ReleaseAsync().ConfigureAwait(false); // what failed may have failed behind the locks
            throw;
        }
    }

    /// <summary>
    /// An expression that takes the locks and says whether it has; else it leaves none. The arms of a case are looked at in their order, and
    /// only as far as they have to be.
    /// </summary>
    public static string TakingOf(string? @namespace, NamespaceHold hold) => @namespace is null
        ? "pg_try_advisory_lock(hashtextextended($1, 0))"
        : $"""
          case when not pg_try_advisory_lock_shared(hashtextextended($1, 0)) then false
               when pg_try_advisory_lock{(hold == NamespaceHold.Shared ? "_shared" : "")}(hashtextextended($2, 0)) then true
               else not pg_advisory_unlock_shared(hashtextextended($1, 0)) end
          """;

    /// <summary>Ends the hold before the connection: others may have the namespace, and whoever still writes here may meet them.</summary>
    public Task LetGoAsync(CancellationToken cancellationToken) => _letGo(cancellationToken);

    /// <summary>It was let go with the last statement that it was held for.</summary>
    public bool IsReleased { get; set; }

    public ValueTask DisposeAsync() => IsReleased ? Connection.GiveBackAsync() : Connection.ReleaseAsync();

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

    private static ValueTask<bool> IsHeldByOthersAsync(
        PostgresDatabase database, NpgsqlConnection connection, LockKeys keys, string? @namespace, CancellationToken cancellationToken) =>
        database.GuardAsync(
            connection,
            async () => await connection.ScalarAsync<bool>(
                IsHeldByOthers,
                cancellationToken,
                Sql.Of(keys.Store),
                Sql.Of(@namespace is null ? null : keys.Of(@namespace)),
                Sql.Of(keys.Sweep)).ConfigureAwait(false),
            cancellationToken);

    /// <summary>Says who holds it; for whoever waited in vain.</summary>
    public static async Task<TidemarkException> RefusalAsync(
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
        return StoreRefusals.Held(what, who ?? "it has just ended, or holds the whole store");
    }
}
