using System.Text;

namespace Tidemark.Chunking;

/// <summary>Cuts by a bound in bytes of UTF-8. Indexes of such a bound keep their cuts, so this never changes.</summary>
internal static class ByteCut
{
    private const int LongestCharacter = 4;

    /// <summary>
    /// Cuts <paramref name="text"/> into pieces of about equal size within the bound, at a line end or space where
    /// there is one, and never inside a surrogate pair.
    /// </summary>
    /// <param name="start">Where the text stands in its document; the ends are counted from there.</param>
    /// <param name="ends">Receives the end of every piece, ascending.</param>
    public static void Cut(ReadOnlySpan<char> text, int start, int maxBytes, List<int> ends)
    {
        if (InputBound.HoldsBytes(text, maxBytes))
        {
            ends.Add(start + text.Length);
            return;
        }

        var rest = (long)Encoding.UTF8.GetByteCount(text);
        while (rest > maxBytes)
        {
            var pieces = (rest + maxBytes - 1) / maxBytes;
            var even = (int)Math.Min(maxBytes, (rest / pieces) + LongestCharacter);
            var length = Fit(text, even);
            rest -= Encoding.UTF8.GetByteCount(text[..length]);
            text = text[length..];
            ends.Add(start += length);
        }

        ends.Add(start + text.Length);
    }

    /// <summary>
    /// The longest head within the bound, shortened to the last line end, else the last space, of its second half.
    /// </summary>
    private static int Fit(ReadOnlySpan<char> text, int maxBytes)
    {
        var longest = LongestHead(text, maxBytes);
        var half = longest / 2;
        var tail = text[half..longest];
        var cut = tail.LastIndexOf('\n');
        if (cut < 0)
        {
            cut = tail.LastIndexOfAny(' ', '\t');
        }

        return cut < 0 ? longest : half + cut + 1;
    }

    private static int LongestHead(ReadOnlySpan<char> text, int maxBytes)
    {
        var bytes = 0;
        var length = 0;
        while (length < text.Length)
        {
            Rune.DecodeFromUtf16(text[length..], out var rune, out var units);
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            length += units;
        }

        return length;
    }
}
