using System.Text;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Layouts;

/// <summary>Reads what <see cref="LayoutWriter"/> wrote.</summary>
internal static class LayoutReader
{
    /// <summary>A layout in a column.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>.</exception>
    public static LayoutEntry[] GetLayout(this SqliteStatement statement, int column)
    {
        try
        {
            return Read(statement.GetBlob(column));
        }
        catch (FormatException e)
        {
            throw SqliteErrors.Damaged(statement.Path, e.Message);
        }
    }

    /// <summary>The same, for those who tell of damage themselves: null where it cannot be read.</summary>
    public static LayoutEntry[]? FindLayout(this SqliteStatement statement, int column)
    {
        try
        {
            return Read(statement.GetBlob(column));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <exception cref="FormatException">The bytes are not a layout.</exception>
    public static LayoutEntry[] Read(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        var count = Varint.Read(bytes, ref at);
        if (count > (ulong)bytes.Length)
        {
            throw new FormatException("a layout names more chunks than it has bytes");
        }

        var entries = new LayoutEntry[count];
        List<string>? headings = null;
        long chunk = 0;
        long end = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            chunk += Varint.UnZigZag(Varint.Read(bytes, ref at));
            var start = end + Varint.UnZigZag(Varint.Read(bytes, ref at));
            var length = (long)Varint.Read(bytes, ref at);
            entries[i] = new LayoutEntry(chunk, (int)start, (int)length, Heading(bytes, ref at, ref headings));
            end = start + length;
        }

        return entries;
    }

    private static string? Heading(ReadOnlySpan<byte> bytes, ref int at, ref List<string>? headings)
    {
        var code = (int)Varint.Read(bytes, ref at);
        if (code == 0)
        {
            return null;
        }

        headings ??= [];
        if (code > 1)
        {
            return code - 2 < headings.Count
                ? headings[code - 2]
                : throw new FormatException("a layout names a heading that it does not have");
        }

        var size = (int)Varint.Read(bytes, ref at);
        if (size < 0 || size > bytes.Length - at)
        {
            throw new FormatException("a heading in a layout is cut off");
        }

        var heading = Encoding.UTF8.GetString(bytes.Slice(at, size));
        at += size;
        headings.Add(heading);
        return heading;
    }
}
