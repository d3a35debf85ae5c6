using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>
/// All writing of one session, on the connection that holds the namespace. Whoever finds the fence raised has lost the
/// namespace and writes nothing; a lost connection is never replaced.
/// </summary>
internal sealed class BatchWriter(
    PostgresDatabase database, NpgsqlConnection connection, StoredNamespace @namespace, bool keepText) : IIdleConnection, IAsyncDisposable
{
    /// <summary>So many documents in one transaction; more of them make it no cheaper.</summary>
    private const int MostUncommitted = 4_000;

    private const int MostTries = 6;

    private const string TakeSequence = """
        update namespace set sequence = sequence + 1 where id = $1 and fence = $2 returning sequence
        """;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly List<(ApplyBatch Batch, ApplyResult Result)> _open = [];
    private NpgsqlTransaction? _transaction;
    private int _uncommitted;
    private bool _remembers;
    private volatile bool _hasWritten;
    private bool _isOver;

    /// <summary>
    /// Applies in the open transaction. Where the server wants it tried again, everything that the transaction held is
    /// applied anew; it must come out as it was told.
    /// </summary>
    public ValueTask<ApplyResult> ApplyAsync(ApplyBatch batch, CancellationToken cancellationToken) => LockedAsync(
        async () =>
        {
            var result = await RetryAsync(
                async () =>
                {
                    await BeginAsync(cancellationToken).ConfigureAwait(false);
                    var applier = ApplierOf(batch);
                    var applied = await applier.ApplyAsync(former: null, cancellationToken).ConfigureAwait(false);
                    _remembers = applier.Remembers;
                    return applied;
                },
                cancellationToken).ConfigureAwait(false);
            _open.Add((batch, result));
            _uncommitted += batch.Writes.Count;
            if (!batch.MayBeCommittedLater || _uncommitted >= MostUncommitted)
            {
                await RetryAsync(() => CommitOpenAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            return result;
        },
        cancellationToken);

    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (_uncommitted > 0)
        {
            await LockedAsync(
                () => RetryAsync(() => CommitOpenAsync(cancellationToken), cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Work on the session's connection, outside of any transaction that is open.</summary>
    public ValueTask<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) => LockedAsync(
        async () =>
        {
            await RetryAsync(() => CommitOpenAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            return await work(connection).ConfigureAwait(false);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<T> LookAsync<T>(Func<NpgsqlConnection, Task<T>> look, bool waits, CancellationToken cancellationToken)
    {
        if (waits && !_hasWritten)
        {
            await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (!await _one.WaitAsync(0, cancellationToken).ConfigureAwait(false))
        {
            return await database.RunAsync(look, cancellationToken).ConfigureAwait(false);
        }

        if (!_isOver && _transaction is null)
        {
            return await HeldAsync(() => look(connection), cancellationToken).ConfigureAwait(false);
        }

        _one.Release();
        return await database.RunAsync(look, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Work in a transaction of its own that holds the namespace's row.</summary>
    public ValueTask<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) => UseAsync(
        _ => RetryAsync(
            async () =>
            {
                await BeginAsync(cancellationToken).ConfigureAwait(false);
                await LockRowAsync(cancellationToken).ConfigureAwait(false);
                var result = await work(connection).ConfigureAwait(false);
                await CommitOpenAsync(cancellationToken).ConfigureAwait(false);
                return result;
            },
            cancellationToken),
        cancellationToken);

    /// <summary>The next commit sequence, inside of a transaction.</summary>
    public async Task<long> TakeSequenceAsync(long run, CancellationToken cancellationToken)
    {
        var sequence = await connection.ScalarAsync<long>(
            TakeSequence, cancellationToken, Sql.Of(@namespace.Id), Sql.Of(@namespace.Fence)).ConfigureAwait(false);
        if (sequence == 0)
        {
            throw Overtaken();
        }

        await connection.ExecuteAsync(
            CommitTotals.Log, cancellationToken, Sql.Of(@namespace.Id), Sql.Of(sequence), Sql.Of(run),
            Sql.Of(database.Clock.GetUtcNow().ToStored())).ConfigureAwait(false);
        return sequence;
    }

    /// <summary>Commits what was left for later.</summary>
    public async ValueTask DisposeAsync()
    {
        database.TakeBack(this);
        try
        {
            await CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await _one.WaitAsync(CancellationToken.None).ConfigureAwait(false); // for whoever asks something at this moment
            _isOver = true;
            _one.Release();
        }
    }

    private BatchApplier ApplierOf(ApplyBatch batch) =>
        new(connection, @namespace, batch, keepText, database.Clock.GetUtcNow()) { Database = database, Overtaken = Overtaken, Remembers = _remembers };

    private TidemarkException Overtaken() => new(
        ErrorCodes.RunLocked,
        $"this run has lost the namespace '{@namespace.Record.Name}' of '{database.Address}' to another one",
        "run again; what was committed stays, and it goes on from there");

    private async Task LockRowAsync(CancellationToken cancellationToken)
    {
        var fence = await connection.ScalarAsync<long?>(
            "select fence from namespace where id = $1 for no key update", cancellationToken, Sql.Of(@namespace.Id)).ConfigureAwait(false);
        if (fence != @namespace.Fence)
        {
            throw Overtaken();
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _hasWritten = true;
        _transaction ??= await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> CommitOpenAsync(CancellationToken cancellationToken)
    {
        if (_transaction is { } transaction)
        {
            await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
            await transaction.DisposeAsync().ConfigureAwait(false);
            _transaction = null;
        }

        _open.Clear();
        _uncommitted = 0;
        return true;
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (Exception e) when (PostgresErrors.IsRetryable(e) && tries < MostTries)
            {
                await RollBackAsync().ConfigureAwait(false);
                await database.PauseAsync(tries, cancellationToken).ConfigureAwait(false);
                await ReplayAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What the engine was told is applied must be what is applied now.</summary>
    private async Task ReplayAsync(CancellationToken cancellationToken)
    {
        if (_open.Count == 0)
        {
            return;
        }

        await BeginAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (batch, result) in _open)
        {
            var again = await ApplierOf(batch).ApplyAsync(result, cancellationToken).ConfigureAwait(false);
            if (again.Sequence != result.Sequence || !again.Documents.SequenceEqual(result.Documents))
            {
                throw Overtaken();
            }
        }
    }

    private async ValueTask<T> LockedAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await HeldAsync(work, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T> HeldAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await database.Watch.WaitAsync(
                connection, async () => await work().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await RollBackAsync().ConfigureAwait(false);
            _open.Clear();
            _uncommitted = 0;
            if (PostgresErrors.IsTranslatable(e, connection))
            {
                throw database.Errors.Translate(e);
            }

            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    private async ValueTask RollBackAsync()
    {
        var transaction = _transaction;
        _transaction = null;
        var line = ServerLine.Of(connection);
        if (line.IsLost)
        {
            return; // the server notices by itself, and rolls back
        }

        try
        {
            await line.WaitAsync(connection, () => RollBackAsync(transaction)).ConfigureAwait(false);
        }
        catch (NpgsqlException) when (line.IsLost)
        {
            // What brought us here is the failure to tell.
        }
    }

    private async ValueTask RollBackAsync(NpgsqlTransaction? transaction)
    {
        if (transaction is not null)
        {
            try
            {
                await transaction.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception)
            {
                // With the connection what was open is gone, too.
                connection.Abandon();
            }
        }

        await connection.ForgetPreparedAsync().ConfigureAwait(false);
    }
}
