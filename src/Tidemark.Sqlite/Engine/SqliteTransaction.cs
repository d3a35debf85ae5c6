namespace Tidemark.Sqlite.Engine;

/// <summary>
/// All or nothing: disposed without <see cref="Commit"/>, what was written is rolled back. Where connections share their pages (a
/// database in memory), one that only reads is not: SQLite takes a roll-back for everybody's there, and breaks off what another
/// connection is writing.
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
            using var end = open.Statement(_writes || !open.SharesPages ? "ROLLBACK" : "COMMIT");
            end.Step();
        }

        _connection = null;
    }
}
