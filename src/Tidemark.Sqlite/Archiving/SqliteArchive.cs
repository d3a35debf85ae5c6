using System.Runtime.CompilerServices;
using Tidemark.Archiving;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Archiving;

/// <summary>Reads all tables of one database, or fills an empty one.</summary>
internal sealed class SqliteArchive(SqliteDatabase database) : IStoreArchive
{
    public async IAsyncEnumerable<IReadOnlyList<ArchiveRow>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        foreach (var page in ArchiveTables.All.SelectMany(table => ArchiveReader.Pages(reader.Connection, table)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    public async ValueTask WriteAsync(
        IAsyncEnumerable<IReadOnlyList<ArchiveRow>> pages, CancellationToken cancellationToken)
    {
        using var lease = await database.LeaseAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        using var transaction = writer.Connection.Begin(write: true);
        if (ArchiveTables.All.FirstOrDefault(table => ArchiveReader.HasRows(writer.Connection, table)) is { } occupied)
        {
            throw new TidemarkException(
                ErrorCodes.StoreNotEmpty,
                $"the store '{database.Path}' is not empty: its table '{occupied}' has rows",
                "copy into a store that is not there yet");
        }

        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            ArchiveWriter.Write(writer.Connection, page);
        }

        transaction.Commit();
        writer.Checkpoint();
    }
}
