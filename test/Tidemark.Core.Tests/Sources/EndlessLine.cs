using System.Text;

namespace Tidemark.Tests.Sources;

/// <summary>A stream with a line that is as long as one likes and exists nowhere.</summary>
internal sealed class EndlessLine(string before, long length, string after) : Stream
{
    private readonly byte[] _before = Encoding.UTF8.GetBytes(before);
    private readonly byte[] _after = Encoding.UTF8.GetBytes(after);
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _before.Length + length + _after.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var inLine = _position - _before.Length;
        var count = inLine < 0
            ? Copy(_before, (int)_position, buffer)
            : inLine < length
                ? Fill(buffer[..(int)Math.Min(buffer.Length, length - inLine)])
                : Copy(_after, (int)(inLine - length), buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static int Copy(byte[] from, int at, Span<byte> to)
    {
        var count = Math.Min(from.Length - at, to.Length);
        from.AsSpan(at, count).CopyTo(to);
        return count;
    }

    private static int Fill(Span<byte> buffer)
    {
        buffer.Fill((byte)'x');
        return buffer.Length;
    }
}
