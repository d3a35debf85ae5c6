using System.Runtime.CompilerServices;
using Npgsql;

namespace Tidemark.Postgres.Storage;

/// <summary>The connections to one store, and the one place where the server's errors become ours.</summary>
internal sealed class PostgresDatabase(
    StoreAddress address, PostgresStoreOptions options, NpgsqlDataSource connections, TimeProvider clock) : IAsyncDisposable
{
    private const int MostTries = 6;

    public StoreAddress Address => address;

    public PostgresStoreOptions Options => options;

    public TimeProvider Clock => clock;

    public PostgresErrors Errors { get; } = new(address);

    /// <param name="extensionSchema">Where pgvector's types are, if that is neither <c>public</c> nor the store's schema.</param>
    public static PostgresDatabase Connect(
        StoreAddress address, PostgresStoreOptions options, TimeProvider clock, string? extensionSchema)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(address.ConnectionString(options.MaxConnections, extensionSchema));
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return new PostgresDatabase(address, options, builder.Build(), clock);
    }

    /// <summary>A connection of the caller's own.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var opening = connections.OpenConnectionAsync(cancellationToken);
            return opening.IsCompleted
                ? await opening.ConfigureAwait(false)
                : await UntilCancelledAsync(opening.AsTask(), cancellationToken).ConfigureAwait(false);
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
            return await GuardAsync(connection, async () => await work(connection).ConfigureAwait(false)).ConfigureAwait(false);
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

    /// <summary>The same in a transaction, committed when the work is done.</summary>
    public ValueTask<T> InTransactionAsync<T>(
        Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) => RunAsync(
        async connection =>
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var held = transaction.ConfigureAwait(false);
            var result = await work(connection).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        },
        cancellationToken);

    /// <summary>Work on a connection of the caller's own, which goes back to the pool one day.</summary>
    public async ValueTask<T> GuardAsync<T>(NpgsqlConnection connection, Func<ValueTask<T>> work)
    {
        try
        {
            return await connection.CleanlyAsync(work).ConfigureAwait(false);
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
            await using var heldRows = rows.ConfigureAwait(false);
            while (await GuardAsync(connection, rows.MoveNextAsync).ConfigureAwait(false))
            {
                yield return rows.Current;
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

    public ValueTask DisposeAsync() => connections.DisposeAsync();

    /// <summary>While the driver agrees with the server on how to talk it hears no cancellation, only its time limit.</summary>
    private static async Task<NpgsqlConnection> UntilCancelledAsync(Task<NpgsqlConnection> opening, CancellationToken cancellationToken)
    {
        try
        {
            return await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = opening.ContinueWith(
                late => late.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }
}
