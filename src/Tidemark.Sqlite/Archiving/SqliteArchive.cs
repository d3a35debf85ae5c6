using Tidemark.Archiving;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Schema;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Archiving;

/// <summary>Reads all tables of one database, or fills an empty one.</summary>
internal sealed class SqliteArchive(SqliteDatabase database) : IStoreArchive
{
    public ValueTask<IArchiveReading> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IArchiveReading>(new SqliteReading(database));
    }

    public async ValueTask<IArchiveFilling> FillAsync(CancellationToken cancellationToken)
    {
        var lease = await database.LeaseAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        try
        {
            var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return new SqliteFilling(database.Path, lease, writer, Mark(writer.Connection));
            }
            catch
            {
                writer.Dispose();
                throw;
            }
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public async ValueTask CompleteAsync(long attempt, CancellationToken cancellationToken)
    {
        using var lease = await database.LeaseAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        using var transaction = writer.Connection.Begin(write: true);
        if (!CopyMark.TryEnd(writer.Connection, attempt))
        {
            throw StoreRefusals.CopyBegun(database.Path);
        }

        transaction.Commit();
        writer.Checkpoint();
        writer.RequireUnmoved();
    }

    private long Mark(SqliteConnection connection)
    {
        using var transaction = connection.Begin(write: true);
        if (!CopyMark.IsOn(connection))
        {
            RequireEmpty(connection);
        }

        var attempt = CopyMark.Begin(connection);
        transaction.Commit();
        return attempt;
    }

    private void RequireEmpty(SqliteConnection connection)
    {
        if (ArchiveTables.All.FirstOrDefault(table => ArchiveReader.HasRows(connection, table)) is { } occupied)
        {
            throw new TidemarkException(
                ErrorCodes.StoreNotEmpty,
                $"the store '{database.Path}' is not empty: its table '{occupied}' has rows",
                "copy into a store that is not there yet");
        }
    }
}
