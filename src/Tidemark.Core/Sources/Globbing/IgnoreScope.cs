namespace Tidemark.Sources;

/// <summary>
/// The ignore rules that hold in one folder: its own and, below them, those of the folders above. The last rule that
/// matches decides; a deeper file comes after a higher one, and <c>.tidemarkignore</c> after <c>.gitignore</c>.
/// </summary>
internal sealed class IgnoreScope
{
    private readonly IgnoreScope? _outer;
    private readonly IgnoreRules _rules;
    private readonly int _start;

    private IgnoreScope(IgnoreScope? outer, IgnoreRules rules, int start)
    {
        _outer = outer;
        _rules = rules;
        _start = start;
    }

    /// <param name="start">Where, in the paths that will be asked for, the path below this folder begins.</param>
    /// <returns><paramref name="outer"/> itself where the file has no rule.</returns>
    public static IgnoreScope? Enter(IgnoreScope? outer, ReadOnlySpan<byte> file, int start)
    {
        file = file.StartsWith("\uFEFF"u8) ? file[3..] : file;
        var rules = new List<IgnoreRule>();
        foreach (var range in file.Split((byte)'\n'))
        {
            var line = file[range];
            if (IgnoreRule.Parse(line is [.., (byte)'\r'] ? line[..^1] : line) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules.Count == 0 ? outer : new IgnoreScope(outer, new IgnoreRules([.. rules]), start);
    }

    public bool Ignores(ReadOnlySpan<byte> path, bool isFolder)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._rules.Find(path[scope._start..], isFolder) is { } rule)
            {
                return !rule.Keeps;
            }
        }

        return false;
    }
}
