using System.Text;

namespace Tidemark.Formats;

/// <summary>Takes comments out of LaTeX: from a percent sign to the line's end, but where the sign is meant. Pure.</summary>
internal static class TexComments
{
    public static string Remove(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        var verbatim = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            verbatim = (verbatim || TexBlocks.BeginsVerbatim(line)) && !TexBlocks.EndsVerbatim(line);
            var mark = verbatim ? -1 : MarkIn(line);

            // A line that is nothing but a comment is no blank line.
            if (mark < 0 || !line[..mark].IsWhiteSpace())
            {
                kept.Append(mark < 0 ? line : line[..mark]).Append('\n');
            }
        }

        return kept.ToString();
    }

    /// <returns>Where the comment begins; -1: there is none.</returns>
    private static int MarkIn(ReadOnlySpan<char> line)
    {
        if (!line.Contains('%'))
        {
            return -1;
        }

        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '%')
            {
                return i;
            }

            i = line[i] == '\\' ? LastOf(line, i) : i;
        }

        return -1;
    }

    /// <summary>The last sign of a command, with what it takes word for word.</summary>
    private static int LastOf(ReadOnlySpan<char> line, int start)
    {
        var end = start + 1;
        while (end < line.Length && char.IsAsciiLetter(line[end]))
        {
            end++;
        }

        if (end == start + 1)
        {
            return end;
        }

        var name = line[(start + 1)..end];
        end += end < line.Length && line[end] == '*' ? 1 : 0;
        return name is "verb" or "lstinline" or "url" or "path" or "nolinkurl" or "href" ? LastOfVerbatim(line, end, name is not "verb") : end - 1;
    }

    private static int LastOfVerbatim(ReadOnlySpan<char> line, int start, bool isGroup)
    {
        var at = start;
        if (isGroup && at < line.Length && line[at] == '[' && line[at..].IndexOf(']') is > 0 and var option)
        {
            at += option + 1;
        }

        if (at >= line.Length)
        {
            return start - 1;
        }

        var length = isGroup && line[at] == '{' ? GroupLength(line[at..])
            : char.IsAsciiLetterOrDigit(line[at]) || line[at] is ' ' or '%' ? 0
            : line[(at + 1)..].IndexOf(line[at]) + 2;
        return length > 1 ? at + length - 1 : start - 1;
    }

    /// <returns>0: it does not end in this line.</returns>
    private static int GroupLength(ReadOnlySpan<char> line)
    {
        var depth = 0;
        for (var i = 0; i < line.Length; i++)
        {
            depth += line[i] == '{' ? 1 : line[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }

            i += line[i] == '\\' ? 1 : 0;
        }

        return 0;
    }
}
