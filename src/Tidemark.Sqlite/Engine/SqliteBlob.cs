using SQLitePCL;

namespace Tidemark.Sqlite.Engine;

/// <summary>One blob read or overwritten in place, without its row being rewritten.</summary>
public sealed class SqliteBlob : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_blob _blob;

    internal SqliteBlob(SqliteConnection connection, sqlite3_blob blob)
    {
        _connection = connection;
        _blob = blob;
    }

    public int Length => raw.sqlite3_blob_bytes(_blob);

    public void Read(Span<byte> destination, int offset) =>
        _connection.Check(raw.sqlite3_blob_read(_blob, destination, offset));

    public void Write(ReadOnlySpan<byte> source, int offset) =>
        _connection.Check(raw.sqlite3_blob_write(_blob, source, offset));

    /// <summary>Moves on to the same column of another row; cheaper than opening anew.</summary>
    public void MoveTo(long rowId) => _connection.Check(raw.sqlite3_blob_reopen(_blob, rowId));

    public void Dispose() => _blob.Dispose();
}
