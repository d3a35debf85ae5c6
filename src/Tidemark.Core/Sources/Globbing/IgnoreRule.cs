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
        return line.IsEmpty || new GlobParser(line, GlobUnits.Bytes).Parse() is not { } segments
            ? null
            : new IgnoreRule(new Glob(segments, nameOnly), keeps, foldersOnly);
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
