using Tidemark.Wording;

namespace Tidemark.Indexing;

/// <summary>
/// What the words of a query add to a chunk's score, the same in every store: BM25 (Robertson and Zaragoza 2009). A word that stands
/// tf times in a chunk of len words adds weight · tf / (tf + base + len · per word); its weight is (k1 + 1) · ln(1 + (N - n + ½) / (n + ½))
/// if it stands in n of N chunks, times what it counts in the query. A phrase adds its lift where it stands in order.
/// </summary>
/// <param name="Words">Those that stand anywhere; never negative.</param>
/// <param name="Phrases">Of pairs that are all among the words.</param>
/// <param name="Base">k1 · (1 - b).</param>
/// <param name="PerWord">k1 · b / average, the average being a fixed one, so that no count has to be kept for it.</param>
public sealed record KeywordRanking(
    IReadOnlyList<RankedWord> Words, IReadOnlyList<RankedPhrase> Phrases, double Base, double PerWord)
{
    /// <summary>See <see cref="KeywordAnswer.Whole"/>. Words that are left out because they are common do not count.</summary>
    public double Whole { get; init; }

    /// <summary>
    /// A word of what stands above a chunk, the title of its document or a heading, counts as if it stood so many times more in it (BM25F).
    /// </summary>
    public const int OfCaption = 1;

    /// <summary>A word counts so many times in a chunk at most, those of the caption beside them.</summary>
    public const int MostCounted = 255;

    private const double K1 = 1.2;
    private const double B = 0.75;

    /// <summary>Words of a chunk of about 750 characters, which is what the structured chunker makes on average.</summary>
    private const double Average = 128;

    /// <summary>A phrase lifts by so much of what its pairs weigh without repetition.</summary>
    private const double LiftOfPhrase = 0.5;

    /// <param name="count">In how many chunks a word stands.</param>
    /// <param name="chunks">Of the index.</param>
    public static KeywordRanking Of(AskedWords asked, KeywordChoice choice, Func<string, long> count, long chunks)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(count);
        var words = new List<RankedWord>();
        var rarity = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var word in asked.Words.Where(word => word.IsOptional || choice.Words.Contains(word.Text, StringComparer.Ordinal)))
        {
            if (count(word.Text) is > 0 and var having)
            {
                rarity[word.Text] = Rarity(having, chunks);
                words.Add(new RankedWord(word.Text, word.Weight * (K1 + 1) * rarity[word.Text]));
            }
        }

        return new KeywordRanking(
            words,
            [
                .. asked.Phrases.Where(phrase => phrase.All(rarity.ContainsKey))
                    .Select(phrase => new RankedPhrase(phrase, LiftOfPhrase * phrase.Sum(pair => rarity[pair]))),
            ],
            K1 * (1 - B),
            K1 * B / Average)
        {
            Whole = asked.Words.Where(word => !word.IsOptional).Sum(word => word.Weight
                * (choice.Missing.Contains(word.Text, StringComparer.Ordinal) ? Rarity(0, chunks) : rarity.GetValueOrDefault(word.Text))),
        };
    }

    private static double Rarity(long having, long chunks) => Math.Log(1 + ((Math.Max(chunks - having, 0) + 0.5) / (having + 0.5)));
}
