namespace Tidemark.Sqlite.Engine;

/// <summary>One blob read or overwritten in place, without its row being rewritten.</summary>
public sealed unsafe class SqliteBlob : IDisposable
{
    private readonly SqliteConnection _connection;
    private nint _blob;

    internal SqliteBlob(SqliteConnection connection, nint blob)
    {
        _connection = connection;
        _blob = blob;
    }

    public int Length => NativeSqlite.BlobBytes(_blob);

    public void Read(Span<byte> destination, int offset)
    {
        fixed (byte* bytes = destination)
        {
            _connection.Check(NativeSqlite.BlobRead(_blob, bytes, destination.Length, offset));
        }
    }

    public void Write(ReadOnlySpan<byte> source, int offset)
    {
        fixed (byte* bytes = source)
        {
            _connection.Check(NativeSqlite.BlobWrite(_blob, bytes, source.Length, offset));
        }
    }

    /// <summary>Moves on to the same column of another row; cheaper than opening anew.</summary>
    public void MoveTo(long rowId) => _connection.Check(NativeSqlite.BlobReopen(_blob, rowId));

    public void Dispose()
    {
        _ = NativeSqlite.BlobClose(_blob); // of nothing it closes nothing
        _blob = 0;
    }
}
