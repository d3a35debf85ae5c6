using System.Globalization;
using System.Text;

namespace Tidemark.Cli.Output;

/// <summary>Makes foreign text safe for a terminal: no control character of a name or text gets through.</summary>
internal static class Printable
{
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

    private static string EscapeFrom(string text, int first)
    {
        var escaped = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (var i = first; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                escaped.Append(text[i]).Append(text[++i]);
            }
            else
            {
                Append(escaped, text[i]);
            }
        }

        return escaped.ToString();
    }

    private static void Append(StringBuilder escaped, char c)
    {
        var unsafeCategory = char.GetUnicodeCategory(c) is UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate;
        _ = (c, unsafeCategory) switch
        {
            ('\n', _) => escaped.Append("\\n"),
            ('\r', _) => escaped.Append("\\r"),
            ('\t', _) => escaped.Append("\\t"),
            // Joins emoji; harmless alone.
            ('\u200d', _) => escaped.Append(c),
            (_, true) => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            _ => escaped.Append(c),
        };
    }
}
