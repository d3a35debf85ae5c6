using System.Runtime.CompilerServices;
using Tidemark.Archiving;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Schema;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Archiving;

/// <summary>Reads all tables of one database, or fills an empty one.</summary>
internal sealed class SqliteArchive(SqliteDatabase database) : IStoreArchive
{
    public async IAsyncEnumerable<IReadOnlyList<ArchiveRow>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        if (!SafeguardCopies.AreEqual(reader.Connection))
        {
            throw ArchiveSeal.Damaged(ArchiveTables.Safeguards);
        }

        foreach (var page in ArchiveTables.All.SelectMany(table => ArchiveReader.Pages(reader.Connection, table)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Moved(page, PlaceTable.Absolute);
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    public async ValueTask<long> WriteAsync(
        IAsyncEnumerable<IReadOnlyList<ArchiveRow>> pages, CancellationToken cancellationToken)
    {
        using var lease = await database.LeaseAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        var attempt = Mark(writer.Connection);
        using var transaction = writer.Connection.Begin(write: true);
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            ArchiveWriter.Write(writer.Connection, Moved(page, PlaceTable.Relative));
        }

        transaction.Commit();
        writer.Checkpoint();
        writer.RequireUnmoved();
        return attempt;
    }

    public async ValueTask CompleteAsync(long attempt, CancellationToken cancellationToken)
    {
        using var lease = await database.LeaseAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        using var transaction = writer.Connection.Begin(write: true);
        if (!CopyMark.TryEnd(writer.Connection, attempt))
        {
            throw new TidemarkException(
                ErrorCodes.StoreCopy,
                $"another copy into '{database.Path}' was begun meanwhile",
                "let that one finish; the source was not touched");
        }

        transaction.Commit();
        writer.Checkpoint();
        writer.RequireUnmoved();
    }

    /// <summary>Where sources lie is kept relative to the file, and copied as it is.</summary>
    private IReadOnlyList<ArchiveRow> Moved(IReadOnlyList<ArchiveRow> page, Func<string, string, string> move) =>
        page[0].Table != ArchiveTables.Places
            ? page
            : [.. page.Select(row => row with { Values = [row.Values[0], move((string)row.Values[1]!, database.Path)] })];

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
