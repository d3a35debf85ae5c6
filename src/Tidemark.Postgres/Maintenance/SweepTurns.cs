using System.Runtime.CompilerServices;
using Npgsql;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>
/// The short transactions of a collection. Each shares the namespace that it is about with workers, is kept out by a run that holds it alone,
/// and stands behind its row, as whoever applies a batch does; its locks end with it. Of another namespace nobody waits for it.
/// </summary>
internal sealed class SweepTurns(PostgresDatabase database, TimeSpan wait)
{
    private const string TakeStore = """
        select pg_try_advisory_xact_lock_shared(hashtextextended($1, 0)) and pg_try_advisory_xact_lock_shared(hashtextextended($2, 0))
        """;

    private const string TakeNamespace = """
        select pg_try_advisory_xact_lock_shared(hashtextextended($1, 0)) and pg_try_advisory_xact_lock_shared(hashtextextended($2, 0))
           and pg_try_advisory_xact_lock_shared(hashtextextended($3, 0))
        """;

    private const string LockRow = "select 1 from namespace where id = $1 for no key update";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly GarbagePace _pace = new(database.Clock);
    private readonly LockKeys _keys = new(database.Address.Schema);

    public PostgresDatabase Database => database;

    /// <summary>In one transaction over the whole store.</summary>
    public Task<T> InStoreAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(null, work, cancellationToken);

    /// <summary>In one transaction over a namespace.</summary>
    public Task<T> InNamespaceAsync<T>(SweptNamespace @namespace, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(@namespace, work, cancellationToken);

    /// <summary>In the transaction of <see cref="InStoreAsync"/>: whether nobody else is at work in the store at this moment, and will be before it ends.</summary>
    public Task<bool> IsAloneAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => connection.ScalarAsync<bool>(
        "select pg_try_advisory_xact_lock(hashtextextended($1, 0))", cancellationToken, Sql.Of(_keys.Store));

    /// <summary>Rows as they are found, without any lock, in pieces for one transaction each.</summary>
    /// <param name="sql">What is looked for.</param>
    /// <param name="read">A row of it.</param>
    /// <param name="joined">Whether two that follow each other may not be parted; null: all may.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="parameters">Of the statement.</param>
    public async IAsyncEnumerable<List<T>> PagesAsync<T>(
        string sql,
        Func<NpgsqlDataReader, T> read,
        Func<T, T, bool>? joined,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters)
    {
        var page = new List<T>();
        await foreach (var row in database.StreamAsync(
            connection => connection.StreamAsync(sql, read, cancellationToken, parameters), cancellationToken).ConfigureAwait(false))
        {
            if (page.Count >= _pace.Rows && joined?.Invoke(page[^1], row) != true)
            {
                yield return page;
                page = [];
            }

            page.Add(row);
        }

        if (page.Count > 0)
        {
            yield return page;
        }
    }

    private async Task<T> RunAsync<T>(SweptNamespace? @namespace, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var began = database.Clock.GetTimestamp();
        while (true)
        {
            var started = database.Clock.GetTimestamp();
            var (isDone, result) = await database.InTransactionAsync(
                async connection => await IsTakenAsync(connection, @namespace, cancellationToken).ConfigureAwait(false)
                    ? (true, await work(connection).ConfigureAwait(false))
                    : (false, default(T)!),
                cancellationToken).ConfigureAwait(false);
            if (isDone)
            {
                await _pace.RestAsync(database.Clock.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
                return result;
            }

            if (database.Clock.GetElapsedTime(began) >= _pace.Wait(wait))
            {
                throw await database.OnceAsync(
                    connection => NamespaceLease.RefusalAsync(database, connection, _keys, @namespace?.Name), cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Poll, database.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A namespace that was dropped meanwhile has no row, and nothing else any more.</summary>
    private async Task<bool> IsTakenAsync(NpgsqlConnection connection, SweptNamespace? @namespace, CancellationToken cancellationToken)
    {
        if (@namespace is null)
        {
            return await connection.ScalarAsync<bool>(
                TakeStore, cancellationToken, Sql.Of(_keys.Sweep), Sql.Of(_keys.Store)).ConfigureAwait(false);
        }

        if (!await connection.ScalarAsync<bool>(
            TakeNamespace, cancellationToken, Sql.Of(_keys.Sweep), Sql.Of(_keys.Store), Sql.Of(_keys.Of(@namespace.Name))).ConfigureAwait(false))
        {
            return false;
        }

        await connection.ExecuteAsync(LockRow, cancellationToken, Sql.Of(@namespace.Id)).ConfigureAwait(false);
        return true;
    }
}
