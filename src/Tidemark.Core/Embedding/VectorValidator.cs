using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Tidemark.Diagnostics;

namespace Tidemark.Embedding;

/// <summary>No vector is stored that could not have come from the space: right count, dimensions, finite, not zero.</summary>
internal static class VectorValidator
{
    public static void CheckAnswer(EmbeddingSpace space, int asked, GeneratedEmbeddings<Embedding<float>> answer)
    {
        if (answer.Count != asked)
        {
            throw Invalid(space, $"{Numbered.Of(answer.Count, "vector", "vectors")} came back for {Numbered.Of(asked, "input", "inputs")}");
        }

        foreach (var embedding in answer)
        {
            if (Complaint(space, embedding.Vector.Span) is { } complaint)
            {
                throw Invalid(space, complaint);
            }
        }
    }

    /// <returns>Null: it can be right.</returns>
    public static string? Complaint(EmbeddingSpace space, ReadOnlySpan<float> vector)
    {
        if (vector.Length != space.Dimensions)
        {
            return $"a vector has {vector.Length} dimensions, not {space.Dimensions}";
        }

        var norm = TensorPrimitives.SumOfSquares(vector);
        return !float.IsFinite(norm) ? "a vector has a component that is not finite"
            : norm == 0 ? "a vector is zero"
            : null;
    }

    private static ItemException Invalid(EmbeddingSpace space, string what) => new(
        ErrorCodes.EmbeddingInvalid,
        $"the embedding model of '{space.Name}' gave a wrong answer: {what}",
        "check the model's name and dimensions; nothing of this answer was stored");
}
