namespace Tidemark.Sources;

/// <summary>
/// The rules of one ignore file, of which the last that matches decides. Those that name one name are found by it: a list of tens of
/// thousands of names costs a file no more than a short one.
/// </summary>
internal sealed class IgnoreRules
{
    private readonly IgnoreRule[] _rules;
    private readonly Dictionary<int, List<int>> _byName = [];
    private readonly List<int> _others = [];

    public IgnoreRules(IgnoreRule[] rules)
    {
        _rules = rules;
        for (var i = 0; i < rules.Length; i++)
        {
            if (rules[i].Glob.OnlyName is { IsEmpty: false } name)
            {
                var hash = HashOf(name);
                if (!_byName.TryGetValue(hash, out var same))
                {
                    _byName.Add(hash, same = []);
                }

                same.Add(i);
            }
            else
            {
                _others.Add(i);
            }
        }
    }

    /// <param name="path">Below the file's folder.</param>
    /// <returns>Null: no rule matches.</returns>
    public IgnoreRule? Find(ReadOnlySpan<byte> path, bool isFolder)
    {
        var named = _byName.Count > 0
            && _byName.TryGetValue(HashOf(path[(path.LastIndexOf((byte)'/') + 1)..]), out var same)
                ? LastOf(same, path, isFolder, above: -1)
                : -1;
        var last = Math.Max(named, LastOf(_others, path, isFolder, named));
        return last < 0 ? null : _rules[last];
    }

    /// <returns>-1: none of those behind <paramref name="above"/> matches.</returns>
    private int LastOf(List<int> rules, ReadOnlySpan<byte> path, bool isFolder, int above)
    {
        for (var i = rules.Count - 1; i >= 0 && rules[i] > above; i--)
        {
            var rule = _rules[rules[i]];
            if ((isFolder || !rule.FoldersOnly) && rule.Glob.Matches(path))
            {
                return rules[i];
            }
        }

        return -1;
    }

    private static int HashOf(ReadOnlySpan<byte> name)
    {
        var hash = default(HashCode);
        hash.AddBytes(name);
        return hash.ToHashCode();
    }
}
