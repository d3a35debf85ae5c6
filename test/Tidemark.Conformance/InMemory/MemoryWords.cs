using System.Text;
using Tidemark.Indexing;
using Tidemark.Wording;

namespace Tidemark.Conformance.InMemory;

/// <summary>The words of one chunk: how often each stands there, and its pairs of characters in their order.</summary>
internal sealed class MemoryWords
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _pairs = [];

    private readonly MemoryWords? _caption;

    private MemoryWords(string text, Stemmer? stemmer, MemoryWords? caption = null)
    {
        _caption = caption;
        var sink = new Sink(this);
        WordAnalysis.Read(Encoding.UTF8.GetBytes(text), stemmer, ref sink);
    }

    private int Length { get; set; }

    public static MemoryWords Of(string text, string caption, Stemmer? stemmer) => new(text, stemmer, new MemoryWords(caption, stemmer));

    public IEnumerable<string> All => _counts.Keys.Concat(_caption?.All ?? []);

    public bool Has(string word) => _counts.ContainsKey(word) || _caption?.Has(word) == true;

    public bool Follow(IReadOnlyList<string> pairs) => _caption?.Follow(pairs) == true || _pairs.Keys.Any(start =>
        Enumerable.Range(0, pairs.Count).All(i => _pairs.GetValueOrDefault(start + i) == pairs[i]));

    public double Score(KeywordRanking ranking) =>
        ranking.Words.Sum(word =>
        {
            var count = Math.Min(KeywordRanking.MostCounted, _counts.GetValueOrDefault(word.Text))
                + (_caption?.Has(word.Text) == true ? KeywordRanking.OfCaption : 0);
            return word.Weight * count / (count + ranking.Base + (ranking.PerWord * Length));
        })
        + ranking.Phrases.Sum(phrase => Follow(phrase.Pairs) ? phrase.Lift : 0);

    private readonly struct Sink(MemoryWords words) : IWordSink
    {
        public void Add(ReadOnlySpan<byte> word, WordKind kind)
        {
            var text = Encoding.UTF8.GetString(word);
            words._counts[text] = words._counts.GetValueOrDefault(text) + 1;
            words.Length += kind <= WordKind.NextBigram ? 1 : 0;
            if (kind is WordKind.Bigram or WordKind.NextBigram)
            {
                words._pairs[words.Length] = text;
            }
        }
    }
}
