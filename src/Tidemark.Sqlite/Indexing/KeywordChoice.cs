namespace Tidemark.Sqlite.Indexing;

/// <summary>Which words of a query are asked for: decided from how many chunks each stands in.</summary>
/// <param name="All">Words that a chunk of the first step has, every one; none if that cannot be met.</param>
/// <param name="Any">Words of which a chunk of the second step has at least one.</param>
/// <param name="IsCommon">There are none but common words.</param>
internal sealed record KeywordChoice(IReadOnlyList<string> All, IReadOnlyList<string> Any, bool IsCommon)
{
    /// <summary>Of nothing but common words, so many are asked for: each costs a pass over nearly all chunks.</summary>
    private const int MostCommon = 4;

    /// <param name="terms">The words.</param>
    /// <param name="count">In how many chunks a word stands, at most <paramref name="common"/>.</param>
    /// <param name="common">From this on a word is left out where there is a rarer one.</param>
    public static KeywordChoice Of(IReadOnlyList<string> terms, Func<string, int> count, int common)
    {
        var counted = terms.Select(term => (Term: term, Count: count(term))).OrderBy(t => t.Count).ToList();
        var known = counted.Where(t => t.Count > 0).ToList();
        var rare = known.Where(t => t.Count < common).ToList();
        var isCommon = rare.Count == 0;
        var chosen = isCommon ? known[..Math.Min(known.Count, MostCommon)] : rare;
        var isWhole = known.Count == counted.Count;
        return new KeywordChoice(isWhole ? [.. chosen.Select(t => t.Term)] : [], Affordable(chosen, common), isCommon);
    }

    /// <summary>The rarest words, as long as the rows that have one of them stay few.</summary>
    private static List<string> Affordable(List<(string Term, int Count)> rarestFirst, int rows)
    {
        var chosen = new List<string>();
        var sum = 0;
        foreach (var (term, count) in rarestFirst)
        {
            if (chosen.Count > 0 && sum + count > rows)
            {
                break;
            }

            chosen.Add(term);
            sum += count;
        }

        return chosen;
    }
}
