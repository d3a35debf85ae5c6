using System.Text;

namespace Tidemark.Chunking;

/// <summary>The bound that no chunk may pass: the UTF-8 bytes that the embedding model takes.</summary>
internal static class InputBound
{
    /// <summary>UTF-8 needs at most three bytes for one UTF-16 code unit, an unpaired surrogate included.</summary>
    public const int BytesPerUnit = 3;

    private const int LongestCharacter = 4;

    public static bool Holds(ReadOnlySpan<char> text, int maxBytes) =>
        text.Length <= maxBytes / BytesPerUnit
        || (text.Length <= maxBytes && Encoding.UTF8.GetByteCount(text) <= maxBytes);

    /// <summary>
    /// Cuts <paramref name="text"/> into pieces of about equal size within the bound, at a line end or space where
    /// there is one, and never inside a surrogate pair.
    /// </summary>
    /// <param name="start">Where the text stands in its document; the ends are counted from there.</param>
    /// <param name="ends">Receives the end of every piece, ascending.</param>
    public static void Cut(ReadOnlySpan<char> text, int start, int maxBytes, List<int> ends)
    {
        if (Holds(text, maxBytes))
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
