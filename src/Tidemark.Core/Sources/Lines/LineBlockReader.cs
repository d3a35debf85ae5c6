using System.Buffers;

namespace Tidemark.Sources;

/// <summary>
/// Cuts a stream into blocks that end at a line's end. Holds one block and the beginning of the next line; of a line
/// that is longer than the limit no more than the limit. A stream that goes on without line ends is given up, a file ends by itself.
/// </summary>
internal sealed class LineBlockReader(Stream stream, int blockBytes, int maxLineBytes, bool closes = false) : IDisposable
{
    /// <summary>What has no end after so many bytes is no line, and what has nothing else never ends.</summary>
    private const long MostWithoutEnd = 1L << 30;

    private byte[] _buffer = [];
    private int _length;
    private long _line;
    private bool _started;
    private bool _ended;
    private bool _skipping;
    private long _skipped;
    private bool _filling;

    /// <summary>Null: the stream has ended.</summary>
    /// <exception cref="TidemarkException"><c>source.unreadable</c>: the stream cannot be read.</exception>
    public async ValueTask<LineBlock?> ReadAsync(CancellationToken cancellationToken)
    {
        var tooLong = new List<long>();
        var skipped = 0L;
        while (!_ended || _length > 0)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
            skipped += DropMark() + SkipLine();
            if (EndOfLines() is > 0 and var end)
            {
                return Take(end, tooLong, skipped);
            }

            if (_length > maxLineBytes)
            {
                tooLong.Add(++_line);
                skipped += _length;
                (_skipped, _length, _skipping) = (_length, 0, true);
            }
            else if (!_ended)
            {
                Grow();
            }
        }

        return tooLong.Count + skipped == 0 ? null : Take(0, tooLong, skipped);
    }

    public void Dispose()
    {
        // A read that was given up may still write into the buffer, so then it is not for anybody else.
        if (!_filling && _buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = [];
        if (closes)
        {
            stream.Dispose();
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Length == 0)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(blockBytes);
        }

        while (!_ended && _length < _buffer.Length)
        {
            // A file is there at once, and then the plain call is by far the cheapest; a pipe may let one wait for ever.
            _filling = true;
            int read;
            try
            {
                read = stream is FileStream { IsAsync: false }
                    ? stream.Read(_buffer.AsSpan(_length))
                    : await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken).AsTask()
                        .WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new TidemarkException(
                    ErrorCodes.SourceUnreadable,
                    $"the lines behind line {_line} cannot be read: {e.Message}",
                    "look at where they come from, and sync again",
                    e);
            }

            _filling = false;
            _length += read;
            _ended = read == 0;
        }
    }

    private int DropMark()
    {
        var first = !_started;
        _started = true;
        return first && _buffer.AsSpan(0, _length).StartsWith("\uFEFF"u8) ? Drop(3) : 0;
    }

    /// <summary>Throws away what is left of a line that is too long.</summary>
    private int SkipLine()
    {
        if (!_skipping)
        {
            return 0;
        }

        var newline = _buffer.AsSpan(0, _length).IndexOf((byte)'\n');
        _skipping = newline < 0;
        _skipped += _length;
        if (_skipping && !closes && _skipped > Math.Max(MostWithoutEnd, maxLineBytes))
        {
            throw new TidemarkException(
                ErrorCodes.SourceTooLarge,
                $"line {_line} has no end after {_skipped / 1_000_000} MB",
                "pipe in JSON lines, one object a line: this is something else, or a device that never ends");
        }

        return Drop(newline < 0 ? _length : newline + 1);
    }

    private int Drop(int count)
    {
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
        return count;
    }

    /// <summary>How much of the buffer is whole lines; all of it at the end of the stream.</summary>
    private int EndOfLines() => _ended ? _length : _buffer.AsSpan(0, _length).LastIndexOf((byte)'\n') + 1;

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(2 * _buffer.Length, Math.Max(Math.Min(maxLineBytes, Array.MaxLength - 1), _length) + 1));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    /// <summary>Makes a block of the lines before <paramref name="end"/>, and carries the rest over into a new buffer.</summary>
    private LineBlock Take(int end, List<long> tooLong, long skipped)
    {
        var taken = _buffer;
        var lines = LineBlock.LineStore.Rent();
        int count = 0, used = 0;
        while (used < end && count < LineBlock.MostLines)
        {
            var rest = taken.AsSpan(used, end - used);
            var newline = rest.IndexOf((byte)'\n');
            var line = newline < 0 ? rest : rest[..newline];
            _line++;
            if (line.Length > maxLineBytes)
            {
                tooLong.Add(_line);
            }
            else if (line.TrimEnd(" \t\r"u8) is { IsEmpty: false } text)
            {
                lines[count++] = new LineSpan(used, text.Length, _line);
            }

            used += newline < 0 ? line.Length : line.Length + 1;
        }

        var endsInside = _ended && used == _length && used > 0 && taken[used - 1] != '\n'
            && count > 0 && lines[count - 1].Number == _line;
        CarryOver(used);
        return new LineBlock(taken, lines, count)
        {
            TooLong = tooLong,
            MaxLineBytes = maxLineBytes,
            EndsInsideLine = endsInside,
            Bytes = used + skipped,
        };
    }

    private void CarryOver(int used)
    {
        var rest = _buffer.AsSpan(used, _length - used);
        _buffer = rest.IsEmpty ? [] : ArrayPool<byte>.Shared.Rent(Math.Max(blockBytes, rest.Length));
        rest.CopyTo(_buffer);
        _length = rest.Length;
    }
}
