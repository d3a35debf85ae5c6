using System.Text;

namespace Tidemark.Sources;

/// <summary>
/// Patterns as they are given at the command line and in the configuration. A pattern with a slash (other than at its
/// end) is matched against the relative path, another one against the name at any depth.
/// </summary>
internal sealed class GlobList
{
    private readonly List<Glob> _any = [];
    private readonly List<Glob> _folders = [];

    private GlobList()
    {
    }

    public bool IsEmpty => _any.Count + _folders.Count == 0;

    /// <summary>A pattern that ends in a slash stands for all that lies in that folder.</summary>
    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: a pattern is broken.</exception>
    public static GlobList ForFiles(IEnumerable<string> patterns) => Parse(patterns, foldersWithContents: true);

    /// <summary>A pattern that ends in a slash matches folders only.</summary>
    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: a pattern is broken.</exception>
    public static GlobList ForEntries(IEnumerable<string> patterns) => Parse(patterns, foldersWithContents: false);

    public bool Matches(ReadOnlySpan<byte> path, bool isFolder)
    {
        foreach (var glob in _any)
        {
            if (glob.Matches(path))
            {
                return true;
            }
        }

        if (isFolder)
        {
            foreach (var glob in _folders)
            {
                if (glob.Matches(path))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static GlobList Parse(IEnumerable<string> patterns, bool foldersWithContents)
    {
        var list = new GlobList();
        foreach (var pattern in patterns)
        {
            try
            {
                foreach (var plain in BraceExpansion.Expand(pattern))
                {
                    list.Add(plain, foldersWithContents);
                }
            }
            catch (FormatException e)
            {
                throw new TidemarkException(
                    ErrorCodes.Usage,
                    $"the pattern '{pattern}' is broken: {e.Message}",
                    "close every bracket and brace, or put a backslash before one that is meant as it is",
                    e);
            }
        }

        return list;
    }

    private void Add(string pattern, bool foldersWithContents)
    {
        pattern = pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[1..] : pattern;
        var folder = pattern.EndsWith('/');
        var trimmed = pattern.TrimEnd('/');
        var nameOnly = !trimmed.Contains('/', StringComparison.Ordinal);
        trimmed = trimmed.TrimStart('/');
        if (trimmed.Length == 0)
        {
            throw new FormatException("it is empty");
        }

        if (folder && foldersWithContents)
        {
            trimmed = nameOnly ? $"**/{trimmed}/**" : $"{trimmed}/**";
            (folder, nameOnly) = (false, false);
        }

        var segments = new GlobParser(Encoding.UTF8.GetBytes(trimmed), GlobUnits.CodePoints).Parse()
            ?? throw new FormatException("a bracket is not closed");
        (folder ? _folders : _any).Add(new Glob(segments, nameOnly));
    }
}
