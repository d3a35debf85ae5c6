namespace Tidemark.Formats;

/// <summary>Where front matter in JSON lies that cannot be read as a whole.</summary>
/// <param name="Content">Between its braces.</param>
/// <param name="Body">What is left to be the text; where no line closes it, everything.</param>
/// <param name="Line">The number of the line with its first brace.</param>
/// <param name="IsSure">Nobody writes prose so: between two lines that hold nothing but a brace.</param>
/// <param name="IsOpen">It begins so, and has members, but no line closes it.</param>
internal readonly record struct JsonExtent(Range Content, Range Body, int Line, bool IsSure, bool IsOpen)
{
    /// <param name="begin">Where the first brace stands.</param>
    /// <returns>Null: it is not meant so.</returns>
    public static JsonExtent? Of(string text, int begin)
    {
        var line = text.AsSpan(0, begin).Count('\n') + 1;
        var first = LineAt(text, begin);
        if (begin + first.Length == text.Length)
        {
            return null;
        }

        if (first.TrimEnd() is not ['{'])
        {
            var last = begin + first.TrimEnd().Length - 1;
            return text[last] == '}' && last > begin
                ? new JsonExtent((begin + 1)..last, (begin + first.Length + 1).., line, IsSure: false, IsOpen: false)
                : null;
        }

        var end = begin + first.Length + 1;
        for (var at = end; at < text.Length;)
        {
            var read = LineAt(text, at);
            var next = Math.Min(at + read.Length + 1, text.Length);
            if (read.TrimEnd() is ['}'])
            {
                return new JsonExtent((begin + 1)..at, next.., line, IsSure: true, IsOpen: false);
            }

            at = next;
        }

        return JsonMembers.BeginsAt(LineAt(text, end))
            ? new JsonExtent((begin + 1)..MembersEnd(text, end), .., line, IsSure: true, IsOpen: true)
            : null;
    }

    public int LastLine(string text) => Line + text.AsSpan()[Content].TrimEnd().Count('\n');

    /// <summary>A blank line ends what nothing closes.</summary>
    private static int MembersEnd(string text, int at)
    {
        while (at < text.Length && LineAt(text, at) is var line && !line.IsWhiteSpace())
        {
            at = Math.Min(at + line.Length + 1, text.Length);
        }

        return at;
    }

    private static ReadOnlySpan<char> LineAt(string text, int at) =>
        text.AsSpan(at, (text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length) - at);
}
