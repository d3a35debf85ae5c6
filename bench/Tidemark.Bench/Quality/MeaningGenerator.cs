using System.Text;
using Microsoft.Extensions.AI;
using Tidemark.Embedding;
using Tidemark.Wording;

namespace Tidemark.Bench.Quality;

/// <summary>
/// Stands in for a model that knows what words mean: words of one line of a list are one and the same to it; other words count little, as
/// do names and numbers in such models.
/// </summary>
internal sealed class MeaningGenerator(IReadOnlyDictionary<string, int> meanings) : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Dimensions = 384;
    private const double OfOther = 0.25;

    public static EmbeddingModel Model(string list)
    {
        var meanings = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (line, words) in File.ReadLines(list).Index())
        {
            foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                meanings.TryAdd(word, line);
            }
        }

        return new EmbeddingModel
        {
            Space = new EmbeddingSpace("meanings:1", Dimensions),
            Generator = new MeaningGenerator(meanings),
        };
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(value => new Embedding<float>(Embed(value)))));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Nothing is held.
    }

    private float[] Embed(string text)
    {
        var sink = new Sink([]);
        WordAnalysis.Read(Encoding.UTF8.GetBytes(text), stemmer: null, ref sink);
        var vector = new double[Dimensions];
        vector[0] = 0.01; // a text without words has a direction, too
        foreach (var word in sink.Words.Distinct(StringComparer.Ordinal))
        {
            var known = meanings.TryGetValue(word, out var meaning);
            var random = new Random(known ? meaning : Seed(word));
            for (var i = 0; i < Dimensions; i++)
            {
                vector[i] += (known ? 1 : OfOther) * ((random.NextDouble() * 2) - 1);
            }
        }

        var length = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => (float)(value / length))];
    }

    private static int Seed(string word) => word.Aggregate(17, (hash, unit) => unchecked((hash * 31) + unit)) | int.MinValue;

    private readonly struct Sink(List<string> words) : IWordSink
    {
        public List<string> Words => words;

        public void Add(ReadOnlySpan<byte> word, WordKind kind)
        {
            if (kind <= WordKind.NextBigram)
            {
                words.Add(Encoding.UTF8.GetString(word));
            }
        }
    }
}
