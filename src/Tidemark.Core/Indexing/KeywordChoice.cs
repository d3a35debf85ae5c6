using Tidemark.Wording;

namespace Tidemark.Indexing;

/// <summary>
/// Which words of a query are asked for, decided from how many chunks each stands in: ranking costs as much as there are matching
/// chunks, so a word that stands almost everywhere, and says almost nothing, is left out where there are rarer ones.
/// </summary>
/// <param name="Words">Those that count for the score.</param>
/// <param name="All">Words that a chunk of the first step has, every one; none if that cannot be met.</param>
/// <param name="Any">Words of which a chunk of the second step has at least one.</param>
/// <param name="IsCommon">There are none but common words.</param>
public sealed record KeywordChoice(
    IReadOnlyList<string> Words, IReadOnlyList<string> All, IReadOnlyList<string> Any, bool IsCommon)
{
    /// <summary>A word in this many chunks is common; so many rows the words of the second step may have together.</summary>
    public const int Common = 20_000;

    /// <summary>Of more matching chunks than this, the newest are ranked. Only queries of nothing but common words have so many.</summary>
    private const int MostRanked = 30_000;

    /// <summary>Of nothing but common words, so many are asked for: each costs a pass over nearly all chunks.</summary>
    private const int MostCommon = 4;

    /// <summary>Words that stand nowhere.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>
    /// So many chunks with all words are ranked; null: all of them, for of rarer words there are never too many. Each costs about a
    /// microsecond and some more a word, so of several common words there are fewer.
    /// </summary>
    public int? MostWithAll => IsCommon ? 2 * MostRanked / (All.Count + 1) : null;

    /// <summary>So many chunks of the second step are ranked; null: all of them.</summary>
    public int? MostWithAny => IsCommon ? MostRanked : null;

    /// <summary>Whether one step asks for what the other does.</summary>
    public bool IsOneStep => All.Count == 1 && Any.Count == 1;

    /// <summary>Of the words of a query that have to be found; parts of a word take its place where it stands nowhere.</summary>
    /// <param name="count">In how many chunks a word stands, at most <see cref="Common"/> where counting is dear.</param>
    public static KeywordChoice Of(AskedWords asked, Func<string, long> count)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(count);
        var replaced = asked.Words.Where(word => word.Whole is { } whole && count(whole) == 0).Select(part => part.Whole).ToHashSet(StringComparer.Ordinal);
        var words = asked.Words.Where(word => !word.IsOptional && (word.Whole is null ? !replaced.Contains(word.Text) : replaced.Contains(word.Whole)));
        return Of([.. words.Select(word => word.Text)], count, Common);
    }

    /// <param name="terms">The words.</param>
    /// <param name="count">In how many chunks a word stands, at most <paramref name="common"/> where counting is dear.</param>
    /// <param name="common">From this on a word is left out where there is a rarer one.</param>
    public static KeywordChoice Of(IReadOnlyList<string> terms, Func<string, long> count, int common)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(count);
        var counted = terms.Select(term => (Term: term, Count: count(term))).OrderBy(t => t.Count).ToList();
        var known = counted.Where(t => t.Count > 0).ToList();
        var rare = known.Where(t => t.Count < common).ToList();
        var isCommon = rare.Count == 0;
        var chosen = isCommon ? known[..Math.Min(known.Count, MostCommon)] : rare;
        var isWhole = known.Count == counted.Count;
        string[] words = [.. chosen.Select(t => t.Term)];
        return new KeywordChoice(words, isWhole ? words : [], Affordable(chosen, common), isCommon)
        {
            Missing = [.. counted.Where(t => t.Count == 0).Select(t => t.Term)],
        };
    }

    /// <summary>The rarest words, as long as the rows that have one of them stay few.</summary>
    private static List<string> Affordable(List<(string Term, long Count)> rarestFirst, int rows)
    {
        var chosen = new List<string>();
        var sum = 0L;
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
