namespace Tidemark.Sqlite.Engine;

/// <summary>All or nothing: disposed without <see cref="Commit"/> it is rolled back.</summary>
public struct SqliteTransaction : IDisposable
{
    private SqliteConnection? _connection;

    internal SqliteTransaction(SqliteConnection connection) => _connection = connection;

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
            using var rollback = open.Statement("ROLLBACK");
            rollback.Step();
        }

        _connection = null;
    }
}
