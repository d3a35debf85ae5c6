using System.Numerics.Tensors;

namespace Tidemark.Sqlite.Indexing;

/// <summary>
/// Symmetric scalar quantisation with one scale a vector: component ≈ code × scale, of the vector brought to unit length,
/// so that a product of codes approximates the cosine. The same vector gives the same codes on every machine.
/// </summary>
internal static class Quantizer
{
    private const int LargestCode = 127;

    /// <summary>Keeps the sum over <see cref="Tidemark.Embedding.HashingModel.MaxDimensions"/> and more products inside 32 bits.</summary>
    private const int LargestSum = int.MaxValue / LargestCode;

    /// <param name="codes">As long as the vector.</param>
    /// <returns>The scale; 0 for a zero vector.</returns>
    public static float Quantize(ReadOnlySpan<float> vector, Span<sbyte> codes)
    {
        var largest = LargestOf(vector);
        if (largest == 0 || !float.IsFinite(largest))
        {
            codes.Clear();
            return 0;
        }

        Round(vector, LargestCode / largest, codes);
        return (float)(largest / (LargestCode * Length(vector)));
    }

    /// <summary>A query keeps more bits: 16-bit numbers, as large as 32-bit sums allow.</summary>
    /// <returns>The scale; 0 for a zero vector.</returns>
    public static float QuantizeQuery(ReadOnlySpan<float> vector, Span<short> query)
    {
        var largest = LargestOf(vector);
        if (largest == 0 || !float.IsFinite(largest))
        {
            query.Clear();
            return 0;
        }

        var most = Math.Min(short.MaxValue, LargestSum / vector.Length);
        var factor = most / (double)largest;
        for (var i = 0; i < vector.Length; i++)
        {
            query[i] = (short)Math.Round(vector[i] * factor);
        }

        return (float)(1 / (factor * Length(vector)));
    }

    private static float LargestOf(ReadOnlySpan<float> vector) =>
        vector.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(vector));

    private static void Round(ReadOnlySpan<float> vector, float factor, Span<sbyte> codes)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            // Adding and taking away 1.5 × 2^23 rounds a float to the nearest integer, ties to even, in two exact steps.
            const float Rounder = 12582912f;
            codes[i] = (sbyte)(int)((vector[i] * factor) + Rounder - Rounder);
        }
    }

    /// <summary>In a fixed order: a sum of floats depends on it, and stored scales are compared bit by bit.</summary>
    private static double Length(ReadOnlySpan<float> vector)
    {
        double a = 0, b = 0, c = 0, d = 0;
        var i = 0;
        for (; i + 4 <= vector.Length; i += 4)
        {
            a += (double)vector[i] * vector[i];
            b += (double)vector[i + 1] * vector[i + 1];
            c += (double)vector[i + 2] * vector[i + 2];
            d += (double)vector[i + 3] * vector[i + 3];
        }

        for (; i < vector.Length; i++)
        {
            a += (double)vector[i] * vector[i];
        }

        return Math.Sqrt(a + b + c + d);
    }
}
