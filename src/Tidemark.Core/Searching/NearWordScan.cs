using System.Text;
using Tidemark.Wording;

namespace Tidemark.Searching;

/// <summary>Looks in texts for the words that are near those of a query, and counts in how many chunks each stands. Not for two threads.</summary>
/// <param name="near">What is looked for.</param>
/// <param name="stemmer">By which texts are read.</param>
internal sealed class NearWordScan(NearWords near, Stemmer? stemmer)
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ofChunk = new(StringComparer.Ordinal);

    /// <summary>One chunk.</summary>
    /// <param name="texts">Its text, and what it is called.</param>
    public void Take(params ReadOnlySpan<string> texts)
    {
        _ofChunk.Clear();
        foreach (var text in texts)
        {
            var sink = new Sink(this);
            WordAnalysis.Read(Encoding.UTF8.GetBytes(text), stemmer, ref sink);
        }

        foreach (var word in _ofChunk)
        {
            _counts[word] = _counts.GetValueOrDefault(word) + 1;
        }
    }

    public IReadOnlyList<WordCorrection> Corrections() => near.Choose(word => _counts.GetValueOrDefault(word));

    private void Add(ReadOnlySpan<byte> word)
    {
        if (near.Offer(word))
        {
            _ofChunk.Add(Encoding.UTF8.GetString(word));
        }
    }

    private readonly struct Sink(NearWordScan scan) : IWordSink
    {
        public void Add(ReadOnlySpan<byte> word, WordKind kind) => scan.Add(word);
    }
}
