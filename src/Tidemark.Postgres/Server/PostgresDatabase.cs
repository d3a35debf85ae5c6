using System.Runtime.CompilerServices;
using Npgsql;

namespace Tidemark.Postgres.Server;

/// <summary>The connections to one store, and the one place where the server's errors become ours.</summary>
internal sealed class PostgresDatabase(
    StoreAddress address, PostgresStoreOptions options, NpgsqlDataSource connections, NpgsqlDataSource looks, TimeProvider clock)
    : IAsyncDisposable
{
    private const int MostTries = 6;

    private IIdleConnection? _lent;

    public LineWatch Watch { get; } = new(new BackendLook(looks, clock), clock, options.Stop);

    public StoreAddress Address => address;

    public PostgresStoreOptions Options => options;

    public TimeProvider Clock => clock;

    public PostgresErrors Errors { get; } = new(address);

    /// <param name="address">Where the store is.</param>
    /// <param name="options">How it is used.</param>
    /// <param name="clock">Of the store.</param>
    /// <param name="needs">What the database and the role make necessary.</param>
    public static PostgresDatabase Connect(
        StoreAddress address, PostgresStoreOptions options, TimeProvider clock, SessionNeeds needs)
    {
        return new PostgresDatabase(
            address,
            options,
            Build(address.ConnectionString(options.MaxConnections, needs)),
            Build(address.ConnectionString(connections: 0, needs)),
            clock);

        static NpgsqlDataSource Build(string connection)
        {
            var builder = new NpgsqlSlimDataSourceBuilder(connection);
            builder.EnableArrays();
            builder.EnableTransportSecurity();
            builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
            return builder.Build();
        }
    }

    /// <summary>A connection of the caller's own.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var opening = connections.OpenConnectionAsync(cancellationToken);
            var connection = opening.IsCompleted
                ? await opening.ConfigureAwait(false)
                : await Watch.OpenAsync(opening.AsTask(), cancellationToken).ConfigureAwait(false);
            ServerLine.Attach(connection, Watch, clock.GetTimestamp());
            return connection;
        }
        catch (Exception e) when (PostgresErrors.IsTranslatable(e))
        {
            throw Errors.Translate(e);
        }
    }

    /// <summary>Work on a connection that is given back afterwards.</summary>
    public async ValueTask<T> OnceAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await GuardAsync(
                connection, async () => await work(connection).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await connection.GiveBackAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The same, tried again where the server says so.</summary>
    public async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await OnceAsync(work, cancellationToken).ConfigureAwait(false);
            }
            catch (TidemarkException e) when (PostgresErrors.IsRetryable(e.InnerException) && tries < MostTries)
            {
                await PauseAsync(tries, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A short question, on the connection of a run if that is idle.</summary>
    public ValueTask<T> LookAsync<T>(Func<NpgsqlConnection, Task<T>> look, CancellationToken cancellationToken) =>
        Volatile.Read(ref _lent) is { } idle ? idle.LookAsync(look, waits: false, cancellationToken) : RunAsync(look, cancellationToken);

    /// <summary>Others may ask short questions there from now on, unless another run was faster.</summary>
    public void Lend(IIdleConnection idle) => Interlocked.CompareExchange(ref _lent, idle, null);

    public void TakeBack(IIdleConnection idle) => Interlocked.CompareExchange(ref _lent, null, idle);

    /// <summary>The same in a transaction, committed when the work is done.</summary>
    public ValueTask<T> InTransactionAsync<T>(
        Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) => RunAsync(
        async connection =>
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var held = transaction.ConfigureAwait(false);
            var result = await work(connection).ConfigureAwait(false);
            await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
            return result;
        },
        cancellationToken);

    /// <summary>Work on a connection of the caller's own, which goes back to the pool one day.</summary>
    public async ValueTask<T> GuardAsync<T>(
        NpgsqlConnection connection, Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await Watch.WaitAsync(connection, () => connection.CleanlyAsync(work), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresErrors.IsTranslatable(e, connection))
        {
            throw Errors.Translate(e);
        }
    }

    /// <summary>Rows of one query, read as they are asked for.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        Func<NpgsqlConnection, IAsyncEnumerable<T>> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var rows = work(connection).GetAsyncEnumerator(cancellationToken);
            try
            {
                while (await GuardAsync(connection, rows.MoveNextAsync, cancellationToken).ConfigureAwait(false))
                {
                    yield return rows.Current;
                }
            }
            finally
            {
                if (!ServerLine.Of(connection).IsLost)
                {
                    await Watch.WaitAsync(connection, () => DisposeAsync(rows), CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await connection.GiveBackAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A little longer each time, so that those who collided do not meet again.</summary>
    public Task PauseAsync(int tries, CancellationToken cancellationToken) => Task.Delay(
        TimeSpan.FromMilliseconds((10 << tries) + (Environment.CurrentManagedThreadId % 16)), clock, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await connections.DisposeAsync().ConfigureAwait(false);
        await looks.DisposeAsync().ConfigureAwait(false);
    }

    private static async ValueTask<bool> DisposeAsync(IAsyncDisposable rows)
    {
        await rows.DisposeAsync().ConfigureAwait(false);
        return true;
    }
}
