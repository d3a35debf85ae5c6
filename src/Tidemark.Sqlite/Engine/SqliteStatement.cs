using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;
using Tidemark.Documents;

namespace Tidemark.Sqlite.Engine;

/// <summary>
/// A prepared statement: bind (from 1), step, read columns (from 0), dispose to reset. Spans that it returns are valid
/// until the next step. Text is UTF-8 and may contain NUL.
/// </summary>
public sealed class SqliteStatement : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _compiled;
    private bool _rented;

    internal SqliteStatement(SqliteConnection connection, sqlite3_stmt compiled)
    {
        _connection = connection;
        _compiled = compiled;
        Parameters = raw.sqlite3_bind_parameter_count(compiled);
    }

    public int Parameters { get; }

    internal string Path => _connection.Path;

    public void Bind(int parameter, long value) =>
        _connection.Check(raw.sqlite3_bind_int64(_compiled, parameter, value));

    public void Bind(int parameter, double value) =>
        _connection.Check(raw.sqlite3_bind_double(_compiled, parameter, value));

    public void BindNull(int parameter) => _connection.Check(raw.sqlite3_bind_null(_compiled, parameter));

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

    public void BindBlob(int parameter, ReadOnlySpan<byte> value) => _connection.Check(
        value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_compiled, parameter, 0)
            : raw.sqlite3_bind_blob(_compiled, parameter, value));

    public void BindBlob(int parameter, ReadOnlySpan<float> value) =>
        BindBlob(parameter, MemoryMarshal.AsBytes(value));

    public void Bind(int parameter, ContentHash value)
    {
        Span<byte> bytes = stackalloc byte[ContentHash.Size];
        value.CopyTo(bytes);
        BindBlob(parameter, bytes);
    }

    public void BindText(int parameter, ReadOnlySpan<byte> utf8) => _connection.Check(
        utf8.IsEmpty
            ? raw.sqlite3_bind_text(_compiled, parameter, utf8z.FromString(""))
            : raw.sqlite3_bind_text(_compiled, parameter, utf8));

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
        var code = raw.sqlite3_step(_compiled);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
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
    public void Reset() => _ = raw.sqlite3_reset(_compiled); // its code repeats the error that Step has thrown

    public bool IsNull(int column) => raw.sqlite3_column_type(_compiled, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(_compiled, column);

    public long? GetNullableInt64(int column) => IsNull(column) ? null : GetInt64(column);

    public int GetInt32(int column) => raw.sqlite3_column_int(_compiled, column);

    public double GetDouble(int column) => raw.sqlite3_column_double(_compiled, column);

    public ReadOnlySpan<byte> GetBlob(int column) => raw.sqlite3_column_blob(_compiled, column);

    /// <summary>The UTF-8 of a text; empty where it is null.</summary>
    public ReadOnlySpan<byte> GetUtf8(int column) => raw.sqlite3_column_blob(_compiled, column);

    public string GetText(int column) => Encoding.UTF8.GetString(GetUtf8(column));

    public string? GetNullableText(int column) => IsNull(column) ? null : GetText(column);

    /// <summary>32 bytes as a hash; zero where the column is null.</summary>
    public ContentHash GetHash(int column)
    {
        var bytes = GetBlob(column);
        return bytes.Length switch
        {
            0 => default,
            ContentHash.Size => new ContentHash(bytes),
            _ => throw SqliteErrors.Corrupt(_connection.Path, $"a hash of {bytes.Length} bytes"),
        };
    }

    /// <summary>Ends this use of the statement.</summary>
    public void Dispose()
    {
        Reset();
        _ = raw.sqlite3_clear_bindings(_compiled);
        _rented = false;
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

    internal void Finish() => _compiled.Dispose();
}
