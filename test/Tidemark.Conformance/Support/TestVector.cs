using Tidemark.Documents;
using Tidemark.Embedding;

namespace Tidemark.Conformance.Support;

/// <summary>A made-up space whose vectors follow from the text alone.</summary>
public static class TestVector
{
    public const int Dimensions = 8;

    public static EmbeddingSpace Space { get; } = new("test:8", Dimensions);

    public static ContentHash InputOf(string text) => ContentHash.Of(text.AsSpan());

    /// <summary>Unit length.</summary>
    public static float[] Of(string text)
    {
        var bytes = InputOf(text).ToArray();
        var vector = new float[Dimensions];
        for (var i = 0; i < Dimensions; i++)
        {
            vector[i] = bytes[i] - 127.5f;
        }

        var length = MathF.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / length)];
    }

    public static StoredEmbedding Stored(string text) => new(InputOf(text), Of(text));
}
