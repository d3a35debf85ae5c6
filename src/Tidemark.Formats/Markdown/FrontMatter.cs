namespace Tidemark.Formats;

/// <summary>How sure it is where front matter lies.</summary>
internal enum FrontMatterExtent
{
    /// <summary>By a line that closes it.</summary>
    Closed,

    /// <summary>By a line that was probably meant to: more dashes, or indented.</summary>
    Nearly,

    /// <summary>By no line; its keys end with the first line that is none.</summary>
    Open,

    /// <summary>The line that would open it was probably meant to, and does not.</summary>
    Unopened,
}

/// <summary>
/// Where in a text its front matter lies: between a first line <c>---</c> and the next such line, or <c>...</c>; of TOML, between
/// two lines <c>+++</c>. Blank lines before it do not count.
/// </summary>
/// <param name="Content">Without the two lines.</param>
/// <param name="Body">What is left to be the text: everything after the second line; where there is none, everything.</param>
/// <param name="Line">The number of the content's first line.</param>
internal readonly record struct FrontMatter(Range Content, Range Body, int Line, bool IsToml, FrontMatterExtent Extent)
{
    private const string Yaml = "---";
    private const string Toml = "+++";

    /// <returns>At most one of each extent: where it can be, if it is front matter. None: it begins with no fence.</returns>
    public static List<FrontMatter> Find(string text)
    {
        var (at, line) = (0, 2);
        while (NextLine(text, at) is { } next && text.AsSpan(at, next - at).IsWhiteSpace())
        {
            (at, line) = (next, line + 1);
        }

        if (NextLine(text, at) is not { } start)
        {
            return [];
        }

        var opening = text.AsSpan(at, start - at);
        return IsFence(opening, Yaml) ? FindYaml(text, start, line)
            : IsFence(opening, Toml) && FindToml(text, start, line) is { } toml ? [toml]
            : IsNearlyFence(opening) && FindYaml(text, start, line).Find(one => one.Extent == FrontMatterExtent.Closed) is { Line: > 0 } unopened
                ? [unopened with { Body = .., Extent = FrontMatterExtent.Unopened }]
            : [];
    }

    private static List<FrontMatter> FindYaml(string text, int start, int line)
    {
        List<FrontMatter> found = [];
        int? keysEnd = null;
        var (isParted, strays) = (false, 0); // behind a blank line, lines that are no keys less those that are
        for (var at = start; at < text.Length;)
        {
            var next = NextLine(text, at) ?? text.Length;
            var read = text.AsSpan(at, next - at);
            if (IsFence(read, Yaml) || IsFence(read, "..."))
            {
                found.Add(new FrontMatter(start..at, next.., line, IsToml: false, FrontMatterExtent.Closed));
                break;
            }

            if (keysEnd is null && found.Count == 0 && IsNearlyFence(read))
            {
                found.Add(new FrontMatter(start..at, next.., line, IsToml: false, FrontMatterExtent.Nearly));
            }

            var isPart = FrontMatterEntry.IsPart(read);
            keysEnd ??= isPart ? null : at;
            isParted |= read.IsWhiteSpace();
            strays += !isParted || read.IsWhiteSpace() ? 0 : !isPart ? 1 : FrontMatterEntry.IsKey(read) ? -1 : 0;
            at = next;
        }

        // Prose behind the keys is the document's, whatever rule of it comes further down.
        if (strays > 0 || found.TrueForAll(one => one.Extent != FrontMatterExtent.Closed))
        {
            found.Add(new FrontMatter(start..(keysEnd ?? text.Length), .., line, IsToml: false, FrontMatterExtent.Open));
        }

        return found;
    }

    private static FrontMatter? FindToml(string text, int start, int line)
    {
        for (var at = start; at < text.Length;)
        {
            var next = NextLine(text, at) ?? text.Length;
            if (IsFence(text.AsSpan(at, next - at), Toml))
            {
                return new FrontMatter(start..at, next.., line, IsToml: true, FrontMatterExtent.Closed);
            }

            at = next;
        }

        return null;
    }

    private static int? NextLine(string text, int at) =>
        text.IndexOf('\n', at) is >= 0 and var end ? end + 1 : null;

    private static bool IsFence(ReadOnlySpan<char> line, string fence) => line.TrimEnd().SequenceEqual(fence);

    private static bool IsNearlyFence(ReadOnlySpan<char> line)
    {
        var mark = line.Trim();
        return (mark.Length >= Yaml.Length && mark.IndexOfAnyExcept('-') < 0) || mark.SequenceEqual("...");
    }
}
