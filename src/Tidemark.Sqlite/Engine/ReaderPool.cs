using System.Collections.Concurrent;

namespace Tidemark.Sqlite.Engine;

/// <summary>
/// Reading connections, made as they are needed and kept: any number of threads read at once, each on a connection of
/// its own, beside the one writer.
/// </summary>
public sealed class ReaderPool(Func<SqliteConnection> open) : IDisposable
{
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _disposed;

    /// <summary>Hands out a connection; dispose the lease to give it back.</summary>
    public ReaderLease Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new ReaderLease(this, _idle.TryTake(out var connection) ? connection : open());
    }

    /// <summary>The same within one read transaction: everything read until the lease ends is of one committed state.</summary>
    public ReaderLease RentSnapshot()
    {
        var lease = Rent();
        try
        {
            lease.BeginSnapshot();
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    internal void Return(SqliteConnection connection)
    {
        _idle.Add(connection);
        if (_disposed)
        {
            Dispose();
        }
    }
}
