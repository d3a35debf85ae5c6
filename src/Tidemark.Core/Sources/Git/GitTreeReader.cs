namespace Tidemark.Sources;

/// <summary>Reads what <c>git ls-tree -r -z</c> writes, entry by entry: <c>MODE TYPE ID TAB PATH NUL</c>.</summary>
internal sealed class GitTreeReader(Stream stream)
{
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;
    private int _length;
    private int _tab;
    private int _idStart;

    /// <summary>A link, a submodule, or a file.</summary>
    public GitEntryKind Kind { get; private set; }

    /// <summary>In lower-case hexadecimal digits.</summary>
    public ReadOnlySpan<byte> Id => _buffer.AsSpan(_idStart, _tab - _idStart);

    public ReadOnlySpan<byte> Path => _buffer.AsSpan(_tab + 1, _length - (_tab + 1 - _start));

    /// <returns>False: there is no more.</returns>
    /// <exception cref="InvalidDataException">It is not what git writes.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _start += _length == 0 ? 0 : _length + 1;
        while (true)
        {
            if (_buffer.AsSpan(_start, _end - _start).IndexOf((byte)0) is var length and > 0)
            {
                _length = length;
                Take();
                return true;
            }

            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return _end == _start ? false : throw new InvalidDataException("it ended within an entry");
            }

            _end += read;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
    }

    private void Take()
    {
        var entry = _buffer.AsSpan(_start, _length);
        var tab = entry.IndexOf((byte)'\t');
        var last = tab < 0 ? -1 : entry[..tab].LastIndexOf((byte)' ');
        if (last < 0 || tab - last - 1 is not (40 or 64))
        {
            throw new InvalidDataException("an entry is not as git writes it");
        }

        (_tab, _idStart) = (_start + tab, _start + last + 1);
        Kind = entry.StartsWith("120000"u8) ? GitEntryKind.Link
            : entry.StartsWith("160000"u8) ? GitEntryKind.Submodule
            : entry.StartsWith("100"u8) ? GitEntryKind.File
            : GitEntryKind.Other;
    }
}

internal enum GitEntryKind : byte
{
    File,
    Link,
    Submodule,
    Other,
}
