using System.Text;
using Tidemark.Records;
using Tidemark.Wording;

namespace Tidemark.Bench.Quality;

/// <summary>The baseline: BM25 (k1 = 1.2, b = 0.75) over whole documents, by the same analysis of words; nothing is cut and nothing is left out.</summary>
internal sealed class WholeTexts
{
    private readonly List<(string Document, Dictionary<string, int> Words, int Length)> _documents = [];
    private readonly Dictionary<string, int> _having = new(StringComparer.Ordinal);
    private readonly double _average;

    public WholeTexts(IEnumerable<IndexedChunk> chunks)
    {
        foreach (var document in chunks.GroupBy(chunk => chunk.Document, StringComparer.Ordinal))
        {
            var sink = new Sink(new Dictionary<string, int>(StringComparer.Ordinal));
            var text = string.Concat(document.OrderBy(chunk => chunk.Ordinal).Select(chunk => chunk.Text));
            WordAnalysis.Read(Encoding.UTF8.GetBytes(text), stemmer: null, ref sink);
            _documents.Add((document.Key, sink.Words, sink.Words.Values.Sum()));
            foreach (var word in sink.Words.Keys)
            {
                _having[word] = _having.GetValueOrDefault(word) + 1;
            }
        }

        _average = Math.Max(1, _documents.Average(document => (double)document.Length));
    }

    public IReadOnlyList<string> Search(string query)
    {
        var words = AskedWords.Of(query).Words.Where(word => _having.ContainsKey(word.Text)).ToList();
        return
        [
            .. _documents.Select(document => (document.Document, Score: words.Sum(word => Score(word, document.Words, document.Length))))
                .Where(found => found.Score > 0)
                .OrderByDescending(found => found.Score).ThenBy(found => found.Document, StringComparer.Ordinal)
                .Take(QualityScore.Depth).Select(found => found.Document),
        ];
    }

    private double Score(AskedWord word, Dictionary<string, int> words, int length)
    {
        var count = words.GetValueOrDefault(word.Text);
        var having = _having[word.Text];
        return word.Weight * Math.Log(1 + ((_documents.Count - having + 0.5) / (having + 0.5)))
            * 2.2 * count / (count + (1.2 * (0.25 + (0.75 * length / _average))));
    }

    private readonly struct Sink(Dictionary<string, int> words) : IWordSink
    {
        public Dictionary<string, int> Words => words;

        public void Add(ReadOnlySpan<byte> word, WordKind kind)
        {
            var text = Encoding.UTF8.GetString(word);
            words[text] = words.GetValueOrDefault(text) + 1;
        }
    }
}
