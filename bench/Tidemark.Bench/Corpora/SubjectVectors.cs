using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Tidemark.Embedding;

namespace Tidemark.Bench.Corpora;

/// <summary>
/// A model that takes no time and whose vectors lie around the centres of some hundred subjects, as those of real models do: two of
/// one subject have a cosine of about two thirds. What a text says decides nothing but which vector it is.
/// </summary>
internal sealed class SubjectVectors : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Subjects = 300;
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

    private float[] Of(string text)
    {
        var seed = 14_695_981_039_346_656_037UL; // FNV-1a
        foreach (var character in text)
        {
            seed = unchecked((seed ^ character) * 1_099_511_628_211UL);
        }

        var random = new Generator(seed);
        var centre = _centres[random.Below(Subjects)];
        var vector = Direction(random);
        TensorPrimitives.MultiplyAdd(vector, Spread, centre, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    private static float[] Direction(Generator random)
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < Dimensions; i++)
        {
            vector[i] = (float)(random.Fraction() - 0.5);
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }
}
