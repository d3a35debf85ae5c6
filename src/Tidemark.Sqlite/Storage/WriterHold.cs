using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Storage;

/// <summary>Sole use of the writer's connection until it is disposed.</summary>
internal sealed class WriterHold(SqliteConnection connection, IIndexWriter index, SemaphoreSlim gate) : IDisposable
{
    private SemaphoreSlim? _gate = gate;

    public SqliteConnection Connection { get; } = connection;

    public IIndexWriter Index { get; } = index;

    /// <summary>Runs <paramref name="work"/> in one transaction; the index takes part in it.</summary>
    public T InTransaction<T>(Func<SqliteConnection, IIndexWriter, T> work)
    {
        try
        {
            using var transaction = Connection.Begin(write: true);
            var result = work(Connection, Index);
            Index.Flush();
            transaction.Commit();
            return result;
        }
        catch
        {
            Index.Discard();
            throw;
        }
    }

    /// <summary>
    /// Writes the log back to the database file, and both to the disk, as far as no reader needs the log any more; it
    /// waits for nobody.
    /// </summary>
    public void Checkpoint() => Connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");

    public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
}
