using Tidemark.Indexing;
using Tidemark.Wording;

namespace Tidemark.Searching;

/// <summary>A <see cref="KeywordRanking"/> over words by their places in the query.</summary>
internal sealed class WordRanking
{
    private readonly AskedWords _asked;
    private readonly KeywordRanking _ranking;
    private readonly double[] _weights;
    private readonly double[] _lifts;

    public WordRanking(AskedWords asked, KeywordRanking ranking)
    {
        (_asked, _ranking) = (asked, ranking);
        _weights = [.. asked.Words.Select(word => ranking.Words.FirstOrDefault(ranked => Same(ranked.Text, word.Text))?.Weight ?? 0)];
        _lifts = [.. asked.Phrases.Select(phrase => ranking.Phrases.FirstOrDefault(ranked => ReferenceEquals(ranked.Pairs, phrase))?.Lift ?? 0)];
    }

    /// <summary>Words as bits.</summary>
    public uint Mask(IReadOnlyList<string> words) => Bits(_asked.Words.Count, i => words.Contains(_asked.Words[i].Text, StringComparer.Ordinal));

    /// <summary>The phrases that are ranked and all of whose pairs are among those words.</summary>
    public uint PhrasesAmong(uint words) => Bits(
        _asked.Phrases.Count, i => _lifts[i] > 0 && Mask(_asked.Phrases[i]) is var pairs && (pairs & words) == pairs);

    public double Score(CountedWords words)
    {
        var score = 0.0;
        var bound = _ranking.Base + (_ranking.PerWord * words.Length);
        for (var i = 0; i < _weights.Length; i++)
        {
            if (_weights[i] > 0 && words.Has(i))
            {
                var count = (words.Counts.Length == 0 ? 0 : words.Counts[i]) + ((words.InTitle >> i) & 1) * KeywordRanking.OfCaption;
                score += _weights[i] * count / (count + bound);
            }
        }

        for (var i = 0; i < _lifts.Length; i++)
        {
            score += words.Follows(1u << i) ? _lifts[i] : 0;
        }

        return score;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    private static uint Bits(int count, Func<int, bool> isSet)
    {
        var bits = 0u;
        for (var i = 0; i < count; i++)
        {
            bits |= isSet(i) ? 1u << i : 0;
        }

        return bits;
    }
}
