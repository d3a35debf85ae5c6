using System.Runtime.CompilerServices;
using Tidemark.Archiving;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Archiving;

/// <summary>One committed state of the file.</summary>
internal sealed class SqliteReading : IArchiveReading
{
    private readonly string _path;
    private readonly ReaderLease _reader;

    public SqliteReading(SqliteDatabase database)
    {
        (_path, _reader) = (database.Path, database.Readers.RentSnapshot());
        if (!SafeguardCopies.AreEqual(_reader.Connection))
        {
            _reader.Dispose();
            throw ArchiveSeal.Damaged(ArchiveTables.Safeguards);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ArchiveRow>> RowsAsync(
        ArchiveTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var page in ArchiveReader.Pages(_reader.Connection, table))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ArchivedPlaces.Move(page, PlaceTable.Absolute, _path);
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }
}
