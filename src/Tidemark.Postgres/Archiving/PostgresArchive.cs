using Tidemark.Archiving;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Schema;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Archiving;

/// <summary>Reads all tables of one store, or fills an empty one.</summary>
internal sealed class PostgresArchive(PostgresDatabase database) : IStoreArchive
{
    public async ValueTask<IArchiveReading> OpenAsync(CancellationToken cancellationToken) =>
        await PostgresReading.OpenAsync(database, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IArchiveFilling> FillAsync(CancellationToken cancellationToken)
    {
        var lease = await NamespaceLease.AcquireAsync(
            database, @namespace: null, NamespaceHold.Exclusive, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        try
        {
            return await database.GuardAsync(
                lease.Connection,
                async () => new PostgresFilling(
                    database,
                    lease,
                    await CopyMark.BeginAsync(lease.Connection, database.Address, cancellationToken).ConfigureAwait(false),
                    await CopyNotes.ListAsync(lease.Connection, database.Address, cancellationToken).ConfigureAwait(false)),
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask CompleteAsync(long attempt, CancellationToken cancellationToken)
    {
        var isOurs = await database.InTransactionAsync(
            connection => CopyMark.TryEndAsync(connection, database.Address, attempt, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        if (!isOurs)
        {
            throw StoreRefusals.CopyBegun(database.Address.ToString());
        }
    }
}
