using System.Text;

namespace Tidemark.Wording;

/// <summary>
/// Looks among the words of an index for those that a query probably meant: for a word of letters that stands nowhere the one with the fewest
/// edits (one; two from eight letters on), of those the one that stands in most chunks, of those the first by its bytes. A store shows it its
/// words, all of them or those that can be near.
/// </summary>
public sealed class NearWords
{
    /// <summary>From so many letters on two edits are looked for.</summary>
    public const int LettersForTwo = 8;

    private const int FewestLetters = 3;
    private const int MostLetters = 64;

    /// <summary>So many near words are counted at most.</summary>
    private const int MostCounted = 1_000;

    private readonly Sought[] _sought;

    private NearWords(IEnumerable<string> words) => _sought = [.. words.Select(word => new Sought(word))];

    /// <summary>The words that are looked for; none: there is nothing to do.</summary>
    public IReadOnlyList<string> Words => [.. _sought.Select(one => one.Word)];

    /// <summary>Of the words that were shown those that are near.</summary>
    public IReadOnlyCollection<string> Candidates => [.. _sought.SelectMany(one => one.Near).Distinct(StringComparer.Ordinal)];

    /// <summary>How far a word may be from one that is looked for.</summary>
    public static int MostEdits(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.EnumerateRunes().Count() >= LettersForTwo ? 2 : 1;
    }

    /// <param name="asked">The words of a query.</param>
    /// <param name="count">In how many chunks a word stands.</param>
    public static NearWords Of(AskedWords asked, Func<string, long> count)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(count);
        return new NearWords(asked.Words.Where(word => word.Whole is null && IsOfLetters(word.Text) && IsNowhere(word)
            && !asked.Words.Any(part => string.Equals(part.Whole, word.Text, StringComparison.Ordinal))).Select(word => word.Text));

        // A word that is asked for by its stem stands where one of its forms does.
        bool IsNowhere(AskedWord word) => (word.Stem is not null || !word.IsOptional) && count(word.Stem ?? word.Text) == 0;
    }

    /// <summary>A word of the index, in UTF-8, as often as one likes.</summary>
    /// <returns>Whether it is near one that is looked for.</returns>
    public bool Offer(ReadOnlySpan<byte> word)
    {
        var isNear = false;
        foreach (var one in _sought)
        {
            isNear |= one.Offer(word);
        }

        return isNear;
    }

    /// <param name="count">In how many chunks a word stands; counting may end where it is common.</param>
    /// <returns>Those that have a word near them.</returns>
    public IReadOnlyList<WordCorrection> Choose(Func<string, long> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return [.. _sought.Select(one => one.Choose(count)).OfType<WordCorrection>()];
    }

    /// <summary>Numbers and codes mean what they are, and characters of scripts without blanks are found in pairs.</summary>
    private static bool IsOfLetters(string word)
    {
        var letters = 0;
        foreach (var rune in word.EnumerateRunes())
        {
            var isMark = Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;
            if ((!Rune.IsLetter(rune) && !isMark) || Scripts.WithoutBlanks(rune.Value) != 0)
            {
                return false;
            }

            letters++;
        }

        return letters is >= FewestLetters and <= MostLetters;
    }

    private sealed class Sought(string word)
    {
        private readonly EditDistance _distance = new(word, MostEdits(word));
        private readonly SortedSet<string>[] _near = [.. Enumerable.Range(0, MostEdits(word)).Select(_ => new SortedSet<string>(StringComparer.Ordinal))];

        public string Word => word;

        public IEnumerable<string> Near => _near.SelectMany(words => words);

        public bool Offer(ReadOnlySpan<byte> other)
        {
            var distance = _distance.To(other);
            if (distance < 1 || distance > _near.Length || Encoding.UTF8.GetString(other) is var text && !IsOfLetters(text))
            {
                return false;
            }

            return _near[distance - 1].Contains(text) || (_near[distance - 1].Count < MostCounted && _near[distance - 1].Add(text));
        }

        public WordCorrection? Choose(Func<string, long> count)
        {
            foreach (var near in _near)
            {
                var counted = near.Select(other => (Word: other, Count: count(other))).Where(other => other.Count > 0).ToList();
                if (counted.Count > 0)
                {
                    return new WordCorrection(word, counted.MaxBy(other => other.Count).Word); // the first of equal ones
                }
            }

            return null;
        }
    }
}
