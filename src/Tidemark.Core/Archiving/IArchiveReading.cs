namespace Tidemark.Archiving;

/// <summary>One committed state of a store, held until it is disposed.</summary>
public interface IArchiveReading : IAsyncDisposable
{
    /// <summary>
    /// The rows of one table in pages, flat in memory; one table at a time, and as often as it is asked for in the same order. That is the same from one state
    /// to another where its rows are.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<ArchiveRow>> RowsAsync(ArchiveTable table, CancellationToken cancellationToken);
}
