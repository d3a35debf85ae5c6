using System.Globalization;

namespace Tidemark.Agents;

/// <summary>A part of a text; all parts one after another are the text. Pure.</summary>
internal readonly record struct TextPart(int Start, int Length)
{
    public int End => Start + Length;

    /// <param name="text">Whole.</param>
    /// <param name="start">In UTF-16 code units; inside of a pair it is the pair's begin.</param>
    /// <param name="most">At most so many, but never less than a character.</param>
    /// <exception cref="TidemarkException"><c>usage</c>: it starts behind the text.</exception>
    public static TextPart Of(string text, int start, int most)
    {
        if (start > text.Length)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                string.Create(CultureInfo.InvariantCulture, $"'offset' is {start}, and the text has {text.Length} characters"),
                "begin with 0, and go on with 'nextOffset'");
        }

        start -= IsInsideOfPair(text, start) ? 1 : 0;
        if (text.Length - start <= most)
        {
            return new TextPart(start, text.Length - start);
        }

        // At the end of a line, if there is one in the last fifth.
        var line = text.AsSpan(start, most).LastIndexOf('\n') + 1;
        var length = line > most - (most / 5) ? line : most;
        length -= IsInsideOfPair(text, start + length) ? 1 : 0;
        return new TextPart(start, length == 0 ? 2 : length);
    }

    private static bool IsInsideOfPair(string text, int at) =>
        at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);
}
