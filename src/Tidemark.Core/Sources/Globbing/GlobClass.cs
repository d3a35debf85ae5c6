namespace Tidemark.Sources;

/// <summary>A bracket expression: <c>[a-z]</c>, <c>[!0-9_]</c>, <c>[[:alpha:]]</c>.</summary>
internal sealed class GlobClass(IReadOnlyList<(int First, int Last)> ranges, bool negated)
{
    public bool Contains(int unit)
    {
        foreach (var (first, last) in ranges)
        {
            if (unit >= first && unit <= last)
            {
                return !negated;
            }
        }

        return negated;
    }

    /// <summary>The ASCII members of a POSIX class, as git has them; null where there is no such class.</summary>
    public static (int First, int Last)[]? Named(string name) => name switch
    {
        "alnum" => [('0', '9'), ('A', 'Z'), ('a', 'z')],
        "alpha" => [('A', 'Z'), ('a', 'z')],
        "blank" => [(' ', ' '), ('\t', '\t')],
        "cntrl" => [(0, 31), (127, 127)],
        "digit" => [('0', '9')],
        "graph" => [('!', '~')],
        "lower" => [('a', 'z')],
        "print" => [(' ', '~')],
        "punct" => [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "space" => [(' ', ' '), ('\t', '\r')],
        "upper" => [('A', 'Z')],
        "xdigit" => [('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => null,
    };
}
