namespace Tidemark.Composition.Configuration;

/// <summary>Where a path really leads, link by link; what is not there (yet) is taken as it is written.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <returns>Null: the links lead in a circle.</returns>
    public static string? Of(string path)
    {
        var left = new Stack<string>(Names(Path.GetFullPath(path)));
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        for (var links = 0; left.TryPop(out var name);)
        {
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = Path.Combine(real, name);
            if (TargetOf(next) is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            real = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : real;
            foreach (var part in Names(target))
            {
                left.Push(part);
            }
        }

        return real;
    }

    /// <param name="folder">Need not be real.</param>
    public static bool IsInside(string path, string folder)
    {
        if (Of(path) is not { } real || Of(folder) is not { } top)
        {
            return false;
        }

        top = top.EndsWith(Path.DirectorySeparatorChar) ? top : top + Path.DirectorySeparatorChar;
        return (real + Path.DirectorySeparatorChar).StartsWith(top, StringComparison.Ordinal);
    }

    /// <summary>Last one first, as a stack takes them.</summary>
    private static IEnumerable<string> Names(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
            .Where(name => name != "." && name != Path.GetPathRoot(path)?.TrimEnd(Path.DirectorySeparatorChar))
            .Reverse();

    private static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // what may not be looked at cannot be gone through either
        }
    }
}
