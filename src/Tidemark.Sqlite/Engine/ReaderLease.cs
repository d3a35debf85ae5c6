namespace Tidemark.Sqlite.Engine;

/// <summary>One reader's hold on a pooled connection.</summary>
public sealed class ReaderLease : IDisposable
{
    private readonly ReaderPool _pool;
    private SqliteConnection? _connection;
    private SqliteTransaction _snapshot;

    internal ReaderLease(ReaderPool pool, SqliteConnection connection)
    {
        _pool = pool;
        _connection = connection;
    }

    public SqliteConnection Connection => _connection ?? throw new ObjectDisposedException(nameof(ReaderLease));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            _snapshot.Dispose();
            _pool.Return(connection);
        }
    }

    internal void BeginSnapshot() => _snapshot = Connection.Begin(write: false);
}
