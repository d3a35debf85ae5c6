using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Queueing;

/// <summary>The queue in the store's file. It needs no writer lease: its transactions are short and touch no document.</summary>
internal sealed class SqliteChangeQueue(SqliteDatabase database) : IChangeQueue
{
    private const string CountWaiting =
        $"SELECT count(*) FROM (SELECT 1 FROM queue WHERE namespace = ?1 AND {RowStates.Waiting} LIMIT ?2)";

    /// <summary>Other processes cannot be heard, so the file is looked at.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private long Now => database.Clock.GetUtcNow().ToStored();

    public ValueTask<EnqueueResult> EnqueueAsync(
        string @namespace,
        IReadOnlyList<SourceChange> changes,
        long mostWaiting,
        QueueCheckpoint? checkpoint,
        CancellationToken cancellationToken)
    {
        checkpoint?.Entry.RequireStorable();
        return WriteAsync(
            connection =>
            {
                if (checkpoint is not null && !Advance(connection, checkpoint))
                {
                    throw QueueErrors.Taken();
                }

                var id = NamespaceTable.Find(connection, @namespace).Id;
                if (id == 0)
                {
                    NamespaceTable.Add(connection, @namespace);
                    id = connection.LastInsertRowId;
                }

                var rows = new EnqueueRows(connection, id, Now);
                var result = default(EnqueueResult);
                foreach (var change in changes)
                {
                    result += rows.Put(change);
                }

                return result.Added > 0 && connection.Scalar(CountWaiting, id, AtLeastOneMore(mostWaiting)) > mostWaiting
                    ? throw QueueErrors.Full(@namespace, mostWaiting)
                    : result;
            },
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<ClaimedChange>> ClaimAsync(
        string @namespace, ClaimRequest request, CancellationToken cancellationToken) =>
        WriteAsync<IReadOnlyList<ClaimedChange>>(
            connection => new ClaimRows(connection, IdOf(connection, @namespace), Now).Claim(request), cancellationToken);

    public ValueTask<int> RenewAsync(
        string @namespace, IReadOnlyCollection<ChangeLease> leases, TimeSpan visibility, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var held = new HeldChanges(connection, IdOf(connection, @namespace));
                var until = Now + visibility.Ticks;
                return leases.Count(lease => held.Renew(lease, until));
            },
            cancellationToken);

    public ValueTask<int> SettleAsync(
        string @namespace, IReadOnlyList<ChangeSettlement> settlements, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var held = new HeldChanges(connection, IdOf(connection, @namespace));
                var now = Now;
                return settlements.Count(settlement => held.Settle(settlement, now));
            },
            cancellationToken);

    public async ValueTask<bool> WaitAsync(
        string @namespace, TimeSpan most, TimeSpan horizon, CancellationToken cancellationToken)
    {
        var started = database.Clock.GetTimestamp();
        while (!IsDue(@namespace, horizon))
        {
            var left = most - database.Clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await Task.Delay(left < Poll ? left : Poll, database.Clock, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private bool Advance(SqliteConnection connection, QueueCheckpoint checkpoint) => checkpoint.Expected is { } expected
        ? ServiceEntryTable.Replace(connection, checkpoint.Entry, expected, Now)
        : ServiceEntryTable.TryAdd(connection, checkpoint.Entry, Now);

    private static long AtLeastOneMore(long limit) => limit == long.MaxValue ? limit : limit + 1;

    private static long IdOf(SqliteConnection connection, string @namespace) => NamespaceTable.Find(connection, @namespace).Id;

    private bool IsDue(string @namespace, TimeSpan horizon)
    {
        using var reader = database.Readers.RentSnapshot();
        return new ClaimRows(reader.Connection, IdOf(reader.Connection, @namespace), Now).IsAnyDue(horizon);
    }

    private async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        return writer.InTransaction((connection, _) => work(connection));
    }
}
