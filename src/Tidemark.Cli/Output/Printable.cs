using System.Globalization;
using System.Text;

namespace Tidemark.Cli.Output;

/// <summary>Makes foreign text safe for a terminal: no control character of a name or text gets through.</summary>
internal static class Printable
{
    /// <summary>The zero-width joiner; harmless alone.</summary>
    private const int JoinsEmoji = 0x200D;

    /// <summary>
    /// Control, format and line separator characters and lone surrogates as <c>\n</c>, <c>\t</c>, <c>\u001b</c>, …
    /// </summary>
    public static string Escape(string text)
    {
        var first = 0;
        while (first < text.Length && IsPlain(text[first]))
        {
            first++;
        }

        return first == text.Length ? text : EscapeFrom(text, first);
    }

    /// <summary>One line of at most <paramref name="length"/> characters; what is left out is marked.</summary>
    public static string Shorten(string text, int length)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= length)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[length - 2]) ? length - 2 : length - 1;
        return line[..end] + "…";
    }

    private static bool IsPlain(char c) => c is >= ' ' and < '\u007f';

    /// <summary>Control, format and line separator characters, and what is no character.</summary>
    public static bool IsUnsafe(Rune rune) =>
        rune.Value != JoinsEmoji
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;

    /// <summary><c>\u202e</c>; beyond the first plane as the two halves that UTF-16 makes of it.</summary>
    public static string Code(Rune rune)
    {
        Span<char> units = stackalloc char[2];
        return string.Concat(units[..rune.EncodeToUtf16(units)].ToArray().Select(Code));
    }

    private static string Code(char c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");

    private static string EscapeFrom(string text, int first)
    {
        var escaped = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (var i = first; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                escaped.Append(Code(text[i])); // half of a pair
                continue;
            }

            _ = text[i] switch
            {
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                _ when IsUnsafe(rune) => escaped.Append(Code(rune)),
                _ => escaped.Append(rune.ToString()),
            };
            i += rune.Utf16SequenceLength - 1;
        }

        return escaped.ToString();
    }
}
