using System.Buffers;
using System.Text;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Layouts;

/// <summary>
/// Writes a document's layout (format in docs/storage-format.md): a chunk costs four to eight bytes, a heading path that
/// several chunks share is written once. One instance is used again and again.
/// </summary>
internal sealed class LayoutWriter
{
    private const int NoHeading = 0;
    private const int NewHeading = 1;
    private const int FirstKnown = 2;
    private readonly ArrayBufferWriter<byte> _bytes = new(256);
    private readonly Dictionary<string, int> _headings = new(StringComparer.Ordinal);
    private string? _lastHeading;
    private int _lastHeadingNumber;
    private long _chunk;
    private long _end;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Begin(int chunks)
    {
        _bytes.ResetWrittenCount();
        _headings.Clear();
        _lastHeading = null;
        _chunk = 0;
        _end = 0;
        Number((ulong)chunks);
    }

    public void Add(long chunk, int start, int length, string? heading)
    {
        Number(Varint.ZigZag(chunk - _chunk));
        Number(Varint.ZigZag(start - _end));
        Number((ulong)length);
        Heading(heading);
        _chunk = chunk;
        _end = (long)start + length;
    }

    private void Heading(string? heading)
    {
        if (heading is null)
        {
            Number(NoHeading);
        }
        else if (ReferenceEquals(heading, _lastHeading) || _headings.TryGetValue(heading, out _lastHeadingNumber))
        {
            _lastHeading = heading;
            Number((ulong)(FirstKnown + _lastHeadingNumber));
        }
        else
        {
            _lastHeading = heading;
            _lastHeadingNumber = _headings.Count;
            _headings.Add(heading, _lastHeadingNumber);
            Number(NewHeading);
            var size = Encoding.UTF8.GetByteCount(heading);
            Number((ulong)size);
            Encoding.UTF8.GetBytes(heading, _bytes.GetSpan(size));
            _bytes.Advance(size);
        }
    }

    private void Number(ulong value) => _bytes.Advance(Varint.Write(_bytes.GetSpan(Varint.MaxBytes), value));
}
