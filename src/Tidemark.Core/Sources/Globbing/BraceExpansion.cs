namespace Tidemark.Sources;

/// <summary>Writes <c>*.{md,txt}</c> out as <c>*.md</c> and <c>*.txt</c>; braces may nest.</summary>
internal static class BraceExpansion
{
    private const int MostPatterns = 1_000;

    /// <exception cref="FormatException">A brace is not closed, or the alternatives multiply beyond reason.</exception>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        var done = new List<string>();
        var open = new Stack<string>([pattern]);
        while (open.TryPop(out var next))
        {
            if (FirstBrace(next) is not { } start)
            {
                done.Add(next);
                continue;
            }

            var (alternatives, end) = Alternatives(next, start);
            for (var i = alternatives.Count - 1; i >= 0; i--)
            {
                open.Push($"{next.AsSpan(0, start)}{alternatives[i]}{next.AsSpan(end)}");
            }

            if (open.Count + done.Count > MostPatterns)
            {
                throw new FormatException($"its braces stand for more than {MostPatterns} patterns");
            }
        }

        return done;
    }

    private static int? FirstBrace(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '{':
                    return i;
            }
        }

        return null;
    }

    private static (List<string> Alternatives, int End) Alternatives(string pattern, int start)
    {
        var found = new List<string>();
        int depth = 0, from = start + 1;
        for (var i = start; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '{':
                    depth++;
                    break;
                case ',' when depth == 1:
                    found.Add(pattern[from..i]);
                    from = i + 1;
                    break;
                case '}' when --depth == 0:
                    found.Add(pattern[from..i]);
                    return (found, i + 1);
            }
        }

        throw new FormatException("a brace is not closed");
    }
}
