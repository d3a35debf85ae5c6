using Tidemark.Archiving;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Schema;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Archiving;

/// <summary>A file that is being filled: a transaction for each part, its indexes at the end.</summary>
internal sealed class SqliteFilling(string path, IDisposable lease, WriterHold writer, long attempt) : IArchiveFilling
{
    public long Attempt => attempt;

    public IReadOnlyList<ArchivePart> PartsOf(ArchiveTable table) => CopyNotes.PartsOf(writer.Connection, table);

    public ValueTask WriteAsync(ArchivePart part, IReadOnlyList<ArchiveRow> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using (var transaction = writer.Connection.Begin(write: true))
        {
            ArchiveWriter.Write(writer.Connection, ArchivedPlaces.Move(rows, PlaceTable.Relative, path));
            CopyNotes.Add(writer.Connection, part);
            transaction.Commit();
        }

        writer.RequireUnmoved();
        return ValueTask.CompletedTask;
    }

    public ValueTask EmptyAsync(ArchiveTable table, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var transaction = writer.Connection.Begin(write: true);
        CopyNotes.Forget(writer.Connection, table);
        transaction.Commit();
        return ValueTask.CompletedTask;
    }

    public ValueTask EndAsync(CancellationToken cancellationToken)
    {
        for (var isMade = true; isMade;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var transaction = writer.Connection.Begin(write: true);
            isMade = CopyNotes.TryMakeIndex(writer.Connection);
            transaction.Commit();
        }

        writer.Checkpoint();
        writer.RequireUnmoved();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        writer.Dispose();
        lease.Dispose();
        return ValueTask.CompletedTask;
    }
}
