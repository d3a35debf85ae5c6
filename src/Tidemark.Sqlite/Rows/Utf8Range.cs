using System.Text;

namespace Tidemark.Sqlite.Rows;

/// <summary>The range of texts that begin alike, in the order of their UTF-8 bytes.</summary>
internal static class Utf8Range
{
    /// <summary>Greater than every text that begins with the prefix: the prefix and a byte that UTF-8 never has.</summary>
    public static byte[] EndOf(string prefix) => Extend(prefix, 0xFF);

    /// <summary>The first text that is greater than this one.</summary>
    public static byte[] After(string text) => Extend(text, 0);

    private static byte[] Extend(string prefix, byte last)
    {
        var end = new byte[Encoding.UTF8.GetByteCount(prefix) + 1];
        Encoding.UTF8.GetBytes(prefix, end);
        end[^1] = last;
        return end;
    }
}
