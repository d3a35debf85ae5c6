using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Tidemark.Documents;

namespace Tidemark.Sqlite.Engine;

/// <summary>
/// A prepared statement: bind (from 1), step, read columns (from 0), dispose to reset. Spans that it returns are valid
/// until the next step. Text is UTF-8 and may contain NUL.
/// </summary>
public sealed unsafe class SqliteStatement : IDisposable
{
    private readonly SqliteConnection _connection;
    private nint _compiled;
    private bool _rented;

    internal SqliteStatement(SqliteConnection connection, nint compiled)
    {
        _connection = connection;
        _compiled = compiled;
        Parameters = NativeSqlite.ParameterCount(compiled);
    }

    public int Parameters { get; }

    internal string Path => _connection.Path;

    public void Bind(int parameter, long value) =>
        _connection.Check(NativeSqlite.BindInt64(_compiled, parameter, value));

    public void Bind(int parameter, double value) =>
        _connection.Check(NativeSqlite.BindDouble(_compiled, parameter, value));

    public void BindNull(int parameter) => _connection.Check(NativeSqlite.BindNull(_compiled, parameter));

    public void Bind(int parameter, long? value)
    {
        if (value is { } known)
        {
            Bind(parameter, known);
        }
        else
        {
            BindNull(parameter);
        }
    }

    public void BindBlob(int parameter, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
        {
            _connection.Check(
                value.IsEmpty
                    ? NativeSqlite.BindZeroBlob(_compiled, parameter, 0)
                    : NativeSqlite.BindBlob(_compiled, parameter, bytes, value.Length, NativeSqlite.Transient));
        }
    }

    public void BindBlob(int parameter, ReadOnlySpan<float> value) =>
        BindBlob(parameter, MemoryMarshal.AsBytes(value));

    public void Bind(int parameter, ContentHash value)
    {
        Span<byte> bytes = stackalloc byte[ContentHash.Size];
        value.CopyTo(bytes);
        BindBlob(parameter, bytes);
    }

    public void BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, and without one SQLite would bind null.
        var none = (byte)0;
        fixed (byte* bytes = utf8)
        {
            _connection.Check(NativeSqlite.BindText(
                _compiled, parameter, utf8.IsEmpty ? &none : bytes, utf8.Length, NativeSqlite.Transient));
        }
    }

    public void BindText(int parameter, ReadOnlySpan<char> text)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = longest > 1024 ? ArrayPool<byte>.Shared.Rent(longest) : null;
        var buffer = rented ?? stackalloc byte[1024];
        BindText(parameter, (ReadOnlySpan<byte>)buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Binds null where there is no text.</summary>
    public void BindText(int parameter, string? text)
    {
        if (text is null)
        {
            BindNull(parameter);
        }
        else
        {
            BindText(parameter, text.AsSpan());
        }
    }

    /// <returns>True: there is a row; false: done.</returns>
    public bool Step()
    {
        var code = NativeSqlite.Step(_compiled);
        if (code == NativeSqlite.Row)
        {
            return true;
        }

        if (code != NativeSqlite.Done)
        {
            throw SqliteErrors.Of(code, _connection.Handle, _connection.Path);
        }

        return false;
    }

    /// <summary>Steps to the end and resets, bindings kept: what a statement without rows needs.</summary>
    public void Run()
    {
        while (Step())
        {
        }

        Reset();
    }

    /// <summary>Ready to be stepped again; bindings are kept.</summary>
    public void Reset() => _ = NativeSqlite.Reset(_compiled); // its code repeats the error that Step has thrown

    public bool IsNull(int column) => NativeSqlite.ColumnType(_compiled, column) == NativeSqlite.TypeNull;

    public long GetInt64(int column) => NativeSqlite.ColumnInt64(_compiled, column);

    public long? GetNullableInt64(int column) => IsNull(column) ? null : GetInt64(column);

    public int GetInt32(int column) => (int)NativeSqlite.ColumnInt64(_compiled, column);

    public double GetDouble(int column) => NativeSqlite.ColumnDouble(_compiled, column);

    public ReadOnlySpan<byte> GetBlob(int column)
    {
        var bytes = NativeSqlite.ColumnBlob(_compiled, column); // first: it may convert, which changes the length
        return new ReadOnlySpan<byte>(bytes, NativeSqlite.ColumnBytes(_compiled, column));
    }

    /// <summary>The UTF-8 of a text; empty where it is null.</summary>
    public ReadOnlySpan<byte> GetUtf8(int column) => GetBlob(column);

    public string GetText(int column) => Encoding.UTF8.GetString(GetUtf8(column));

    public string? GetNullableText(int column) => IsNull(column) ? null : GetText(column);

    /// <summary>32 bytes as a hash; zero where the column is null, and one that nothing has where it is no hash.</summary>
    public ContentHash GetHash(int column)
    {
        var bytes = GetBlob(column);
        return bytes.Length switch
        {
            0 => default,
            ContentHash.Size => new ContentHash(bytes),
            _ => ContentHash.Of(bytes),
        };
    }

    /// <summary>Ends this use of the statement.</summary>
    public void Dispose()
    {
        _rented = false;
        if (_compiled != 0)
        {
            Reset();
            _ = NativeSqlite.ClearBindings(_compiled);
        }
    }

    internal SqliteStatement Rent()
    {
        if (_rented)
        {
            throw new InvalidOperationException("The statement is in use; dispose it before it is asked for again.");
        }

        _rented = true;
        return this;
    }

    internal void Finish()
    {
        _ = NativeSqlite.FinalizeStatement(_compiled);
        _compiled = 0;
    }
}
