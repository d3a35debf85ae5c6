using System.Numerics.Tensors;
using Tidemark.Chunking;
using Tidemark.Documents;

namespace Tidemark.Embedding.Requests;

/// <summary>
/// An input that the provider finds too long, in two: each is sent in its place, and its vector is made of theirs. Nothing of the
/// text is left out, and no chunk of the index moves.
/// </summary>
internal static class InputHalves
{
    /// <summary>Where so little is too long for a provider, it means something else.</summary>
    private const int Shortest = 64;

    /// <returns>Empty: it is not to be cut.</returns>
    public static PendingInput[] Of(PendingInput input, TokenMeter meter)
    {
        if (input.Text.Length < Shortest)
        {
            return [];
        }

        var middle = TextHalves.MiddleOf(input.Text);
        return [Part(input.Text[..middle]), Part(input.Text[middle..])];

        PendingInput Part(string text) => new(
            ContentHash.Of(text), text, meter.Estimate(text), input.Purpose, new TaskCompletionSource<EmbeddedInput>());
    }

    /// <summary>
    /// The mean of unit vectors, weighted by the lengths of the texts, as long as the vectors are on average: what a model would give
    /// that looks at all of the text.
    /// </summary>
    /// <returns>Empty: they have nothing in common.</returns>
    public static ReadOnlyMemory<float> Join(IReadOnlyList<(int Length, ReadOnlyMemory<float> Vector)> parts)
    {
        var sum = new float[parts[0].Vector.Length];
        var norms = 0.0;
        foreach (var (length, vector) in parts)
        {
            var norm = TensorPrimitives.Norm(vector.Span);
            TensorPrimitives.MultiplyAdd(vector.Span, length / norm, sum, sum);
            norms += norm;
        }

        var joined = TensorPrimitives.Norm(sum);
        if (joined < 1e-6f * parts.Sum(part => part.Length))
        {
            return default;
        }

        TensorPrimitives.Multiply(sum, (float)(norms / parts.Count / joined), sum);
        return sum;
    }
}
