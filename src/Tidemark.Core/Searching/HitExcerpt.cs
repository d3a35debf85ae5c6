using System.Text;
using Tidemark.Embedding;
using Tidemark.Wording;

namespace Tidemark.Searching;

/// <summary>The piece of a text that has most of a query's words, on one line.</summary>
/// <param name="Text">White space is one space; what is cut off is marked by an ellipsis.</param>
/// <param name="Matches">Where words of the query stand in it: first UTF-16 code unit and length, in order.</param>
public sealed record HitExcerpt(string Text, IReadOnlyList<(int Start, int Length)> Matches)
{
    /// <summary>Longer texts are looked at as far as that.</summary>
    private const int LongestText = 200_000;

    private const string Cut = "…";

    /// <param name="query">Whose words are looked for, regardless of case and accents.</param>
    /// <param name="text">Of a chunk.</param>
    /// <param name="length">About so many UTF-16 code units.</param>
    /// <param name="stemmer">By which words were found; null: as they stand.</param>
    public static HitExcerpt Of(string query, string text, int length, Stemmer? stemmer = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(text);
        var line = OneLine(text);
        var wanted = Words(query, stemmer).Select(word => word.Folded).Distinct(StringComparer.Ordinal).ToArray();
        var matches = Matching(Words(line, stemmer), wanted);
        var (start, end) = Window(line, matches, length);
        var before = start > 0 ? Cut : "";
        return new HitExcerpt(
            before + line[start..end] + (end < line.Length ? Cut : ""),
            [.. matches.Where(m => m.Start >= start && m.Start + m.Length <= end).Select(m => (m.Start - start + before.Length, m.Length))]);
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, LongestText));
        for (var i = 0; i < text.Length && line.Length < LongestText; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                line.Append(text[i]);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    private static List<(int Start, int Length, int Word)> Matching(IEnumerable<(int Start, int Length, string Folded)> words, string[] wanted)
    {
        var matches = new List<(int, int, int)>();
        foreach (var word in words)
        {
            var same = Array.IndexOf(wanted, word.Folded);
            if (same >= 0)
            {
                matches.Add((word.Start, word.Length, same));
            }
        }

        return matches;
    }

    /// <summary>From a match on, with most distinct words in reach; a little of what stands before it comes along.</summary>
    private static (int Start, int End) Window(string line, List<(int Start, int Length, int Word)> matches, int length)
    {
        if (line.Length <= length)
        {
            return (0, line.Length);
        }

        var reach = length * 3 / 4;
        var best = 0;
        var most = 0;
        for (var i = 0; i < matches.Count; i++)
        {
            var seen = new HashSet<int>();
            for (var j = i; j < matches.Count && matches[j].Start + matches[j].Length - matches[i].Start <= reach; j++)
            {
                seen.Add(matches[j].Word);
            }

            if (seen.Count > most)
            {
                (most, best) = (seen.Count, matches[i].Start);
            }
        }

        var start = Math.Clamp(best - (length / 5), 0, line.Length - length);
        var first = AtWord(line, start, best);
        return (first, AtWord(line, Math.Min(Math.Max(start + length, first + 1), line.Length), first));
    }

    /// <summary>Where a word begins or the text ends, near <paramref name="at"/>, between it and <paramref name="limit"/>.</summary>
    private static int AtWord(string line, int at, int limit)
    {
        if (at == 0 || at == line.Length)
        {
            return at;
        }

        const int Near = 24;
        var space = limit > at ? line.IndexOf(' ', at, Math.Min(Near, limit - at)) : line.LastIndexOf(' ', at, Math.Min(Near, at - limit));
        return space >= 0 ? (limit > at ? space + 1 : space) : char.IsLowSurrogate(line[at]) ? at - 1 : at;
    }

    private static IEnumerable<(int Start, int Length, string Folded)> Words(string text, Stemmer? stemmer) =>
        stemmer is null ? Words(text) : Words(text).Select(word => word with { Folded = stemmer.StemOf(word.Folded) });

    private static IEnumerable<(int Start, int Length, string Folded)> Words(string text)
    {
        var folded = new StringBuilder();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var letter = i < text.Length ? HashingLetters.Fold(text[i]) : HashingLetters.Separator;
            var isAlone = letter > HashingLetters.Nothing && HashingLetters.IsUnspaced(letter);
            if ((letter == HashingLetters.Separator || isAlone) && folded.Length > 0)
            {
                yield return (start, i - start, folded.ToString());
                folded.Clear();
            }

            if (isAlone)
            {
                var isPair = char.IsSurrogatePair(text, i);
                yield return (i, isPair ? 2 : 1, text.Substring(i, isPair ? 2 : 1));
                i += isPair ? 1 : 0;
            }
            else if (letter > HashingLetters.Nothing)
            {
                start = folded.Length == 0 ? i : start;
                folded.Append(letter);
            }
        }
    }
}
