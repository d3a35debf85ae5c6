using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Copying;

/// <summary>
/// Sends rows as <c>COPY … FROM STDIN (FORMAT BINARY)</c> has them, with the binary forms of types that the driver does not
/// know (vector, tsvector) among them. PostgreSQL's documentation of COPY describes the format.
/// </summary>
internal sealed class BinaryCopy : IAsyncDisposable
{
    private const int FlushAt = 256 * 1024;
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly ICopyTarget _target;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FlushAt + (64 * 1024));
    private int _length;
    private bool _completed;

    public BinaryCopy(ICopyTarget target)
    {
        _target = target;
        Header.CopyTo(_buffer, 0);
        _length = Header.Length;
    }

    /// <param name="target">A table with the list of its columns.</param>
    public static async Task<BinaryCopy> BeginAsync(
        NpgsqlConnection connection, string target, CancellationToken cancellationToken) =>
        new(await OpenAsync(connection, target, cancellationToken).ConfigureAwait(false));

    /// <summary>For rows that are encoded already.</summary>
    public static async Task<DirectCopy> OpenAsync(
        NpgsqlConnection connection, string target, CancellationToken cancellationToken) =>
        new(await connection.BeginRawBinaryCopyAsync($"copy {target} from stdin (format binary)", cancellationToken)
            .ConfigureAwait(false), ServerLine.Of(connection));

    public void BeginRow(short columns)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), columns);
    }

    public void Null() => Length(-1);

    public void Write(bool value)
    {
        Length(1);
        Take(1)[0] = value ? (byte)1 : (byte)0;
    }

    public void Write(short value)
    {
        Length(sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), value);
    }

    public void Write(int value)
    {
        Length(sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), value);
    }

    public void Write(long value)
    {
        Length(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), value);
    }

    public void Write(long? value)
    {
        if (value is { } known)
        {
            Write(known);
        }
        else
        {
            Null();
        }
    }

    public void Write(ContentHash hash)
    {
        Length(ContentHash.Size);
        hash.CopyTo(Take(ContentHash.Size));
    }

    /// <param name="hash">Null where it is zero.</param>
    public void WriteOptional(ContentHash hash)
    {
        if (hash.IsZero)
        {
            Null();
        }
        else
        {
            Write(hash);
        }
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        Length(value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <param name="text">As the store writes it.</param>
    public void WriteText(string? text)
    {
        if (text is null)
        {
            Null();
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Reserve(sizeof(int) + most);
        var written = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length + sizeof(int)));
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), written);
        _length += sizeof(int) + written;
    }

    /// <summary>pgvector's binary form: dimensions, two zero bytes, floats.</summary>
    public void WriteVector(ReadOnlySpan<float> vector)
    {
        Length((2 * sizeof(short)) + (vector.Length * sizeof(float)));
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), checked((short)vector.Length));
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), 0);
        var target = Take(vector.Length * sizeof(float));

        // Not ReverseEndianness over the whole: in native code its shuffles are calls.
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(target[(i * sizeof(float))..], vector[i]);
        }
    }

    public void WriteArray(IReadOnlyCollection<long>? values)
    {
        const int TypeOfElements = 20;
        if (!BeginArray(values?.Count, TypeOfElements, sizeof(long)))
        {
            return;
        }

        foreach (var value in values!)
        {
            Write(value);
        }
    }

    public void WriteArray(IReadOnlyCollection<int> values)
    {
        const int TypeOfElements = 23;
        BeginArray(values.Count, TypeOfElements, sizeof(int));
        foreach (var value in values)
        {
            Write(value);
        }
    }

    public void WriteArray(IReadOnlyCollection<string?>? values)
    {
        const int TypeOfElements = 25;
        if (values is null)
        {
            Null();
            return;
        }

        var start = _length;
        Length(0);
        BeginArray(values.Count, hasNulls: true, TypeOfElements);
        foreach (var value in values)
        {
            WriteText(value);
        }

        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(start), _length - start - sizeof(int));
    }

    /// <summary>Called between rows; sends what has gathered.</summary>
    public async ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        if (_length >= FlushAt)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>All rows are there.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), -1);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        _completed = true;
        GiveBack();
        await _target.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        if (_completed)
        {
            return ValueTask.CompletedTask;
        }

        GiveBack();
        return _target.CancelAsync();
    }

    private void GiveBack()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        _buffer = await _target.TakeAsync(_buffer, _length, cancellationToken).ConfigureAwait(false);
        _length = 0;
    }

    private bool BeginArray(int? count, int type, int size)
    {
        const int HeaderSize = 20;
        if (count is not { } known)
        {
            Null();
            return false;
        }

        Length(known == 0 ? 12 : HeaderSize + (known * (sizeof(int) + size)));
        BeginArray(known, hasNulls: false, type);
        return true;
    }

    private void BeginArray(int count, bool hasNulls, int type)
    {
        Length(count == 0 ? 0 : 1);
        Length(hasNulls ? 1 : 0);
        Length(type);
        if (count > 0)
        {
            Length(count);
            Length(1);
        }
    }

    private void Length(int length) => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), length);

    private Span<byte> Take(int size)
    {
        Reserve(size);
        var taken = _buffer.AsSpan(_length, size);
        _length += size;
        return taken;
    }

    private void Reserve(int size)
    {
        if (_length + size > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + size));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
