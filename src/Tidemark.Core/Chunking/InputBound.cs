using System.Text;

namespace Tidemark.Chunking;

/// <summary>The bound that no chunk may pass: the UTF-8 bytes that the embedding model takes.</summary>
internal static class InputBound
{
    /// <summary>UTF-8 needs at most three bytes for one UTF-16 code unit, an unpaired surrogate included.</summary>
    public const int BytesPerUnit = 3;

    public static bool Holds(ReadOnlySpan<char> text, int maxBytes) =>
        text.Length <= maxBytes / BytesPerUnit
        || (text.Length <= maxBytes && Encoding.UTF8.GetByteCount(text) <= maxBytes);

    /// <summary>
    /// Length of the longest head of <paramref name="text"/> within the bound, shortened to the last line end, else the
    /// last space, of its second half. At least one character, and never half a surrogate pair.
    /// </summary>
    public static int Fit(ReadOnlySpan<char> text, int maxBytes)
    {
        if (Holds(text, maxBytes))
        {
            return text.Length;
        }

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
