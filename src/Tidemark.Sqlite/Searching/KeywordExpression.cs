using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Searching;

/// <summary>
/// A query as FTS5 has it, and the weights of its phrases in their order. Each word is quoted, so that nothing in it is an operator.
/// </summary>
internal sealed record KeywordExpression(string Text, double[] Weights)
{
    /// <summary>What finds chunks with all words, with the pairs of each phrase in order.</summary>
    public static KeywordExpression All(KeywordChoice choice, KeywordRanking ranking)
    {
        var phrases = ranking.Phrases.Where(phrase => phrase.Pairs.All(pair => choice.All.Contains(pair, StringComparer.Ordinal))).ToArray();
        return Of(" AND ", choice.All, phrases, ranking);
    }

    /// <summary>What finds chunks with any of the chosen words.</summary>
    public static KeywordExpression Any(KeywordChoice choice, KeywordRanking ranking) => Of(" OR ", choice.Any, [], ranking);

    public static string Quote(string words) => $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static KeywordExpression Of(
        string @operator, IReadOnlyList<string> words, IReadOnlyList<RankedPhrase> phrases, KeywordRanking ranking)
    {
        var weights = ranking.Words.ToDictionary(word => word.Text, word => word.Weight, StringComparer.Ordinal);
        (string Text, double Weight)[] asked =
        [
            .. words.Select(word => (Quote(word), weights.GetValueOrDefault(word))),
            .. phrases.Select(phrase => (Quote(phrase), -phrase.Lift)),
        ];
        (string Text, double Weight)[] others =
        [
            .. ranking.Words.Where(word => !words.Contains(word.Text, StringComparer.Ordinal)).Select(word => (Quote(word.Text), word.Weight)),
            .. ranking.Phrases.Except(phrases).Select(phrase => (Quote(phrase), -phrase.Lift)),
        ];
        var text = string.Join(@operator, asked.Select(one => one.Text));
        if (others.Length == 0)
        {
            return new KeywordExpression(text, Weigh(ranking, asked));
        }

        // What only adds to the score stands beside what is there in any case, and is not counted again.
        (string Text, double Weight)[] again = [.. (@operator == " AND " ? asked[..1] : asked).Select(one => (one.Text, 0.0))];
        return new KeywordExpression(
            $"({text}) AND ({string.Join(" OR ", again.Concat(others).Select(one => one.Text))})",
            Weigh(ranking, [.. asked, .. again, .. others]));
    }

    private static string Quote(RankedPhrase phrase) => Quote(string.Join(' ', phrase.Pairs));

    private static double[] Weigh(KeywordRanking ranking, IEnumerable<(string Text, double Weight)> phrases) =>
        MatchWeights.Of(ranking.Base, ranking.PerWord, KeywordRanking.MostCounted, KeywordRanking.OfCaption, phrases.Select(one => one.Weight));
}
