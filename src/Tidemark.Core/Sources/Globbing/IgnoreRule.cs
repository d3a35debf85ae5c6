namespace Tidemark.Sources;

/// <summary>One line of an ignore file.</summary>
/// <param name="Keeps">The line begins with <c>!</c>: what it matches is taken after all.</param>
/// <param name="FoldersOnly">The line ends in a slash.</param>
internal sealed record IgnoreRule(Glob Glob, bool Keeps, bool FoldersOnly)
{
    /// <summary>Reads a line by the rules of gitignore(5); null for a blank one, a comment and a broken pattern.</summary>
    public static IgnoreRule? Parse(ReadOnlySpan<byte> line)
    {
        if (line is [] or [(byte)'#', ..])
        {
            return null;
        }

        line = TrimSpaces(line);
        var keeps = line is [(byte)'!', ..];
        line = keeps ? line[1..] : line;
        var foldersOnly = line is [.., (byte)'/'];
        line = foldersOnly ? line[..^1] : line;
        var nameOnly = !line.Contains((byte)'/');
        line = line is [(byte)'/', ..] ? line[1..] : line;
        var beginning = nameOnly ? [] : BeginningOf(line);
        return line.IsEmpty || new GlobParser(line[beginning.Length..], GlobUnits.Bytes).Parse() is not { } segments
            ? null
            : new IgnoreRule(new Glob(segments, nameOnly) { Beginning = beginning.ToArray() }, keeps, foldersOnly);
    }

    /// <summary>
    /// git compares what stands before the first wildcard by itself, and begins the pattern behind it: so <c>a**/b</c>, where nothing else
    /// stands before the stars, is <c>a</c> and then any number of folders, while in <c>?**/b</c> two stars are one.
    /// </summary>
    private static ReadOnlySpan<byte> BeginningOf(ReadOnlySpan<byte> line)
    {
        var first = line.IndexOfAny("*?[\\"u8);
        if (first <= 0 || line[first - 1] == '/')
        {
            return [];
        }

        var behind = line[first..].TrimStart((byte)'*');
        return line.Length - first - behind.Length >= 2 && behind is [] or [(byte)'/', ..] ? line[..first] : [];
    }

    /// <summary>Spaces at the end do not count, unless a backslash stands before them.</summary>
    private static ReadOnlySpan<byte> TrimSpaces(ReadOnlySpan<byte> line)
    {
        var end = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == ' ')
            {
                continue;
            }

            end = Math.Min(i + 1, line.Length);
        }

        return line[..end];
    }
}
