using System.Globalization;
using Npgsql;
using Npgsql.Replication;

namespace Tidemark.Postgres.Feeding;

/// <summary>
/// The database as it was at one position of its log: what was committed before is in it, what came after is not. The slot that said so goes as
/// soon as the snapshot is held, so that no log is kept for it.
/// </summary>
internal sealed class SnapshotSegment : IAsyncDisposable
{
    private static int s_last;
    private readonly NpgsqlTransaction _transaction;

    private SnapshotSegment(NpgsqlConnection connection, NpgsqlTransaction transaction, ulong position) =>
        (Connection, _transaction, Position) = (connection, transaction, position);

    /// <summary>In a transaction that reads and sees this moment only.</summary>
    public NpgsqlConnection Connection { get; }

    public ulong Position { get; }

    public static async Task<SnapshotSegment> OpenAsync(
        SourceDatabase database, SlotKeeper slots, string slot, CancellationToken cancellationToken)
    {
        var log = await database.OpenLogAsync(cancellationToken).ConfigureAwait(false);
        await using var heldLog = log.ConfigureAwait(false);
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{(slot.Length > 30 ? slot[..30] : slot)}_{Environment.ProcessId:x}_{Interlocked.Increment(ref s_last):x}");
        var made = await slots.MakeAsync(
            bounded => log.CreatePgOutputReplicationSlot(
                name, temporarySlot: true, LogicalSlotSnapshotInitMode.Export, cancellationToken: bounded), cancellationToken).ConfigureAwait(false);
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            var command = new NpgsqlCommand($"set transaction snapshot '{made.SnapshotName}'", connection);
            await using var held = command.ConfigureAwait(false);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return new SnapshotSegment(connection, transaction, (ulong)made.ConsistentPoint);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync().ConfigureAwait(false);
        await Connection.DisposeAsync().ConfigureAwait(false);
    }
}
