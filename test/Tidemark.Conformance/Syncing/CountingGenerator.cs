using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Tidemark.Conformance.Syncing;

/// <summary>A deterministic embedding model of 32 dimensions that remembers what it was asked.</summary>
public sealed class CountingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Dimensions = 32;

    private readonly Lock _gate = new();
    private readonly List<string> _asked = [];

    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>Another salt is another model: its vectors have nothing to do with those of this one.</summary>
    public string Salt { get; init; } = "";

    /// <summary>Requests that are answered before the model dies.</summary>
    public int Lives { get; set; } = int.MaxValue;

    /// <summary>Reported for each request; null: nothing is.</summary>
    public Func<IReadOnlyList<string>, long>? Usage { get; set; }

    /// <summary>Called with each request before it is answered; may fail it.</summary>
    public Func<IReadOnlyList<string>, Task>? Before { get; set; }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Lives-- <= 0)
        {
            throw new InvalidOperationException("The model died.");
        }

        var texts = values.ToList();
        if (Before is { } before)
        {
            await before(texts);
        }

        lock (_gate)
        {
            _asked.AddRange(texts);
        }

        var answer = new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(VectorOf(Salt + text))));
        answer.Usage = Usage is null ? null : new UsageDetails { InputTokenCount = Usage(texts) };
        return answer;
    }

    public static float[] VectorOf(string text)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var vector = Array.ConvertAll(bytes, b => (b - 127.5f) / 128f);
        var norm = MathF.Sqrt(vector.Sum(x => x * x));
        return Array.ConvertAll(vector, x => x / norm);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
