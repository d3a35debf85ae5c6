using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Storage;

/// <summary>Sole use of the writer's connection until it is disposed.</summary>
internal sealed class WriterHold(
    DatabaseFile file, SqliteConnection connection, IIndexWriter index, UncommittedInputs uncommitted, SemaphoreSlim gate) : IDisposable
{
    private SemaphoreSlim? _gate = gate;

    public SqliteConnection Connection { get; } = connection;

    public IIndexWriter Index { get; } = index;

    /// <summary>Whether a transaction was left open for more of its kind.</summary>
    public bool IsOpen => Connection.IsInTransaction;

    /// <summary>Runs <paramref name="work"/> in one transaction; the index takes part in it. What was left open is committed.</summary>
    public T InTransaction<T>(Func<SqliteConnection, IIndexWriter, T> work)
    {
        Commit();
        var result = InOpenTransaction(work);
        Commit();
        return result;
    }

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction that stays open for more, until <see cref="Commit"/>. Where it fails,
    /// everything since the last commit is undone.
    /// </summary>
    public T InOpenTransaction<T>(Func<SqliteConnection, IIndexWriter, T> work)
    {
        try
        {
            if (!IsOpen)
            {
                Connection.Begin(write: true);
            }

            return work(Connection, Index);
        }
        catch
        {
            Undo();
            throw;
        }
    }

    /// <summary>
    /// Commits what is open, if anything. A file that was moved away or replaced meanwhile is noticed before, and if it was just
    /// then, after.
    /// </summary>
    /// <exception cref="TidemarkException"><c>store.moved</c>.</exception>
    public void Commit()
    {
        if (!IsOpen)
        {
            return;
        }

        try
        {
            RequireUnmoved();
            Index.Flush();
            using var commit = Connection.Statement("COMMIT");
            commit.Step();
            uncommitted.Clear();
            RequireUnmoved();
        }
        catch
        {
            Undo();
            throw;
        }
    }

    /// <exception cref="TidemarkException"><c>store.moved</c>.</exception>
    public void RequireUnmoved() => file.RequireUnmoved();

    /// <summary>
    /// Writes the log back to the database file, and both to the disk, as far as no reader needs the log any more; it
    /// waits for nobody.
    /// </summary>
    public void Checkpoint()
    {
        Commit();
        Connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
    }

    /// <summary>Writes the log back and cuts it, as far as no reader needs it any more.</summary>
    public void Cut()
    {
        Commit();
        Connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>
    /// Writes the file anew without the pages that nothing uses, through the log, so that a kill leaves it as it was; then cuts the log
    /// as well, as far as no reader needs it any more. From then on room can be given back in steps.
    /// </summary>
    public void Compact()
    {
        Commit();
        RequireUnmoved();
        Connection.Execute("PRAGMA auto_vacuum = INCREMENTAL; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
        RequireUnmoved();
    }

    public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();

    private void Undo()
    {
        Index.Discard();
        uncommitted.Clear();
        new SqliteTransaction(Connection, writes: true).Dispose();
    }
}
