namespace Tidemark.Sqlite.Engine;

/// <summary>
/// All or nothing: disposed without <see cref="Commit"/>, what was written is rolled back. One that only reads is never rolled
/// back: it has nothing to undo, and where connections share their pages (a database in memory) SQLite takes a roll-back for
/// everybody's and breaks off what another connection is writing there.
/// </summary>
public struct SqliteTransaction : IDisposable
{
    private readonly bool _writes;
    private SqliteConnection? _connection;

    internal SqliteTransaction(SqliteConnection connection, bool writes)
    {
        _connection = connection;
        _writes = writes;
    }

    public void Commit()
    {
        using var commit = _connection!.Statement("COMMIT");
        commit.Step();
        _connection = null;
    }

    public void Dispose()
    {
        // SQLite rolls back by itself on some errors (full disk, I/O); then there is nothing left to do.
        if (_connection is { IsInTransaction: true } open)
        {
            using var end = open.Statement(_writes ? "ROLLBACK" : "COMMIT");
            end.Step();
        }

        _connection = null;
    }
}
