using System.Buffers;
using System.Buffers.Text;

namespace Tidemark.Sqlite.Rows;

/// <summary>Builds the JSON array that a set-based query takes as its one parameter; the buffer is used again.</summary>
internal sealed class JsonArrayText
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private bool _first;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Begin()
    {
        _bytes.ResetWrittenCount();
        Raw((byte)'[');
        _first = true;
    }

    public void End() => Raw((byte)']');

    public void Add(long number)
    {
        Separate();
        var span = _bytes.GetSpan(20);
        Utf8Formatter.TryFormat(number, span, out var written);
        _bytes.Advance(written);
    }

    /// <param name="utf8">A text without NUL: older versions of SQLite cut a JSON string there.</param>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        Separate();
        Raw((byte)'"');
        while (!utf8.IsEmpty)
        {
            var plain = utf8.IndexOfAny(Escaped);
            if (plain < 0)
            {
                Copy(utf8);
                break;
            }

            Copy(utf8[..plain]);
            Escape(utf8[plain]);
            utf8 = utf8[(plain + 1)..];
        }

        Raw((byte)'"');
    }

    private static SearchValues<byte> Escaped { get; } = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private void Separate()
    {
        if (!_first)
        {
            Raw((byte)',');
        }

        _first = false;
    }

    private void Escape(byte special)
    {
        if (special >= 0x20)
        {
            Raw((byte)'\\');
            Raw(special);
            return;
        }

        Copy("\\u00"u8);
        Raw((byte)(special < 0x10 ? '0' : '1'));
        Raw("0123456789abcdef"u8[special & 0xF]);
    }

    private void Copy(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    private void Raw(byte single)
    {
        _bytes.GetSpan(1)[0] = single;
        _bytes.Advance(1);
    }
}
