using System.IO.Compression;

namespace Tidemark.Formats;

/// <summary>
/// The bytes of one part as they unpack, whose checksum is compared at the end, which the platform leaves to others. A tag without end
/// is refused: the time to read its attributes grows with their square.
/// </summary>
/// <param name="count">Told of bytes as they are read; refuses more than are taken of all parts together.</param>
internal sealed class PackagePart(ZipArchiveEntry entry, Action<int> count) : Stream
{
    /// <summary>Bytes of one tag with its attributes; Word writes some hundred.</summary>
    private const int LongestTag = 64 << 10;

    private static readonly uint[] Table = MakeTable();

    private readonly Stream _content = entry.Open();
    private uint _checksum = uint.MaxValue;

    /// <summary>Bytes of the tag that is open; -1: none is.</summary>
    private int _tag = -1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="PackageException">The bytes are not those that were packed, or are hostile.</exception>
    public override int Read(Span<byte> buffer)
    {
        var length = _content.Read(buffer);
        count(length);
        foreach (var b in buffer[..length])
        {
            _checksum = (_checksum >> 8) ^ Table[(byte)(_checksum ^ b)];
        }

        MeasureTags(buffer[..length]);
        if (length == 0 && buffer.Length > 0 && ~_checksum != entry.Crc32)
        {
            throw new PackageException($"the checksum of its part '{entry.FullName}' is wrong: it is damaged");
        }

        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Comments and sections of characters, which may be long, are looked at as what stands between tags.</summary>
    private void MeasureTags(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_tag == 0 && bytes[0] == '!')
            {
                _tag = -1;
            }

            var isInside = _tag >= 0;
            var end = bytes.IndexOf((byte)(isInside ? '>' : '<'));
            var length = end < 0 ? bytes.Length : end + 1;
            _tag = isInside ? _tag + length : _tag;
            if (_tag > LongestTag)
            {
                throw new PackageException($"a tag of its part '{entry.FullName}' is longer than {LongestTag} bytes");
            }

            _tag = end < 0 ? _tag : isInside ? -1 : 0;
            bytes = bytes[length..];
        }
    }

    /// <summary>CRC-32 as zip has it (ISO/IEC 21320-1 by PKWARE's APPNOTE, 4.4.7).</summary>
    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            }

            table[i] = value;
        }

        return table;
    }
}
