using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;
using Tidemark.Embedding;

namespace Tidemark.Bench.Corpora;

/// <summary>
/// A model that takes no time and whose vectors lie around the centres of some hundred subjects, as those of real models do: two of
/// one subject have a cosine of about two thirds. What a text says decides nothing but which vector it is.
/// </summary>
internal sealed class SubjectVectors : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Subjects = 300;

    private const int Dimensions = 384;
    private const float Spread = 0.7f;
    private const ulong Centres = 88_000_001;

    private readonly float[][] _centres = [.. Enumerable.Range(0, Subjects).Select(i => Direction(new Generator((ulong)i + Centres)))];

    public static EmbeddingModel Model { get; } = new()
    {
        Space = new EmbeddingSpace("subjects:384", Dimensions),
        Generator = new SubjectVectors(),
        PricePerMillionTokens = 0,
        BatchSize = 4096,
    };

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(Of(text)))));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    /// <summary>Around which centre a text's vector lies.</summary>
    public static int SubjectOf(string text) => new Generator(SeedOf(text)).Below(Subjects);

    public float[] Of(string text)
    {
        var random = new Generator(SeedOf(text));
        var centre = _centres[random.Below(Subjects)];
        var vector = Direction(random);
        TensorPrimitives.MultiplyAdd(vector, Spread, centre, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    /// <summary>FNV-1a over four characters at a time.</summary>
    private static ulong SeedOf(string text)
    {
        const ulong Prime = 1_099_511_628_211;
        var seed = 14_695_981_039_346_656_037;
        var blocks = MemoryMarshal.Cast<char, ulong>(text.AsSpan());
        foreach (var block in blocks)
        {
            seed = unchecked((seed ^ block) * Prime);
        }

        foreach (var character in text.AsSpan(blocks.Length * (sizeof(ulong) / sizeof(char))))
        {
            seed = unchecked((seed ^ character) * Prime);
        }

        return seed;
    }

    /// <summary>Two of its numbers from each random one.</summary>
    private static float[] Direction(Generator random)
    {
        var vector = new float[Dimensions];
        foreach (ref var pair in MemoryMarshal.Cast<float, (float First, float Second)>(vector.AsSpan()))
        {
            var next = random.Next();
            pair = ((int)next, (int)(next >> 32));
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }
}
