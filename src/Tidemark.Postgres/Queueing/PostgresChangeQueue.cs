using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Postgres.Queueing;

/// <summary>The queue in the store's schema: any number of processes enqueue, claim and settle at once.</summary>
internal sealed class PostgresChangeQueue(PostgresDatabase database) : IChangeQueue
{
    private const string Channel = "tidemark_queue";

    private const string FindNamespace = "select id from namespace where name = $1";

    private const string AddNamespace = "insert into namespace (name) values ($1) on conflict do nothing";

    private const string CountWaiting =
        $"select count(*) from (select 1 from queue where namespace = $1 and {RowStates.Waiting} limit $2) waiting";

    /// <summary>Where nobody can be heard (a pooler between), it is looked.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    /// <summary>The server may be a moment behind the clock that wakes us.</summary>
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(2);

    private readonly QueueRoom _room = new(database.Clock);

    public async ValueTask<EnqueueResult> EnqueueAsync(
        string @namespace,
        IReadOnlyList<SourceChange> changes,
        long mostWaiting,
        QueueCheckpoint? checkpoint,
        CancellationToken cancellationToken)
    {
        checkpoint?.Entry.RequireStorable();
        for (var tries = 1; ; tries++)
        {
            var result = await database.RunAsync(
                connection => TryEnqueueAsync(connection, @namespace, changes, mostWaiting, checkpoint, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (result is { } done)
            {
                return done;
            }

            await database.PauseAsync(Math.Min(tries, 5), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<IReadOnlyList<ClaimedChange>> ClaimAsync(
        string @namespace, ClaimRequest request, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection => await ClaimRows.ClaimAsync(
            connection, await IdOfAsync(connection, @namespace, cancellationToken).ConfigureAwait(false), request, cancellationToken)
            .ConfigureAwait(false),
        cancellationToken);

    public ValueTask<int> RenewAsync(
        string @namespace, IReadOnlyCollection<ChangeLease> leases, TimeSpan visibility, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async connection => await HeldChanges.RenewAsync(
                connection, await IdOfAsync(connection, @namespace, cancellationToken).ConfigureAwait(false), leases, visibility,
                cancellationToken).ConfigureAwait(false),
            cancellationToken);

    public ValueTask<int> SettleAsync(
        string @namespace, IReadOnlyList<ChangeSettlement> settlements, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async connection => await SettleRows.SettleAsync(
                connection, await IdOfAsync(connection, @namespace, cancellationToken).ConfigureAwait(false), settlements,
                cancellationToken).ConfigureAwait(false),
            cancellationToken);

    public async ValueTask<bool> WaitAsync(
        string @namespace, TimeSpan most, TimeSpan horizon, CancellationToken cancellationToken)
    {
        var started = database.Clock.GetTimestamp();
        if (await NextDueAsync(@namespace, horizon, cancellationToken).ConfigureAwait(false) <= TimeSpan.Zero)
        {
            return true;
        }

        if (most <= TimeSpan.Zero)
        {
            return false;
        }

        return await database.OnceAsync(
            async ear =>
            {
                await ear.ExecuteAsync($"listen {Channel}", cancellationToken).ConfigureAwait(false);
                return await ListenAsync(
                    ear, () => NextDueAsync(@namespace, horizon, cancellationToken), most, started, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> ListenAsync(
        NpgsqlConnection ear, Func<ValueTask<TimeSpan?>> nextDue, TimeSpan most, long started, CancellationToken cancellationToken)
    {
        while (true)
        {
            var due = await ServerLine.Of(ear).IdleAsync(nextDue()).ConfigureAwait(false);
            var left = most - database.Clock.GetElapsedTime(started);
            if (due <= TimeSpan.Zero || left <= TimeSpan.Zero)
            {
                return due <= TimeSpan.Zero;
            }

            var sleep = due < LongestSleep ? due.Value + ShortestSleep : LongestSleep;
            var wait = sleep < left ? sleep : left;

            // The driver counts whole milliseconds, and takes none for ever.
            await ear.WaitAsync(wait > ShortestSleep ? wait : ShortestSleep, cancellationToken).ConfigureAwait(false);
            ServerLine.Of(ear).Advance();
        }
    }

    private ValueTask<TimeSpan?> NextDueAsync(
        string @namespace, TimeSpan horizon, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            var id = await IdOfAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
            var ticks = await ClaimRows.NextDueAsync(connection, id, horizon, cancellationToken).ConfigureAwait(false);
            return ticks is { } known ? TimeSpan.FromTicks(known) : (TimeSpan?)null;
        },
        cancellationToken);

    /// <returns>Null: to be tried again.</returns>
    private async Task<EnqueueResult?> TryEnqueueAsync(
        NpgsqlConnection connection,
        string @namespace,
        IReadOnlyList<SourceChange> changes,
        long mostWaiting,
        QueueCheckpoint? checkpoint,
        CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        if (checkpoint is not null && !await AdvanceAsync(connection, checkpoint, cancellationToken).ConfigureAwait(false))
        {
            throw QueueErrors.Taken();
        }

        var id = await IdOfAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
        if (id == 0)
        {
            await connection.ExecuteAsync(AddNamespace, cancellationToken, Sql.Of(StoreText.Encode(@namespace))).ConfigureAwait(false);
            id = await IdOfAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
        }

        if (await new EnqueueRows(connection, id).PutAsync(changes, cancellationToken).ConfigureAwait(false) is not { } result)
        {
            return null;
        }

        if (result.Added > 0 && !_room.Takes(id, mostWaiting, result.Added))
        {
            var waiting = await connection.ScalarAsync<long>(
                CountWaiting, cancellationToken, Sql.Of(id), Sql.Of(mostWaiting == long.MaxValue ? mostWaiting : mostWaiting + 1))
                .ConfigureAwait(false);
            if (waiting > mostWaiting)
            {
                throw QueueErrors.Full(@namespace, mostWaiting);
            }

            _room.Counted(id, mostWaiting, mostWaiting - waiting);
        }

        if (changes.Count > 0)
        {
            await connection.ExecuteAsync($"notify {Channel}", cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    private Task<bool> AdvanceAsync(NpgsqlConnection connection, QueueCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var now = database.Clock.GetUtcNow().ToStored();
        return checkpoint.Expected is { } expected
            ? ServiceEntryTable.ReplaceAsync(connection, checkpoint.Entry, expected, now, cancellationToken)
            : ServiceEntryTable.TryAddAsync(connection, checkpoint.Entry, now, cancellationToken);
    }

    private static Task<long> IdOfAsync(NpgsqlConnection connection, string @namespace, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>(FindNamespace, cancellationToken, Sql.Of(StoreText.Encode(@namespace)));
}
