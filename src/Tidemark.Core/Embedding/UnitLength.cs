using System.Numerics.Tensors;

namespace Tidemark.Embedding;

/// <summary>Brings a vector to unit length. Pure.</summary>
internal static class UnitLength
{
    /// <returns>The vector itself where it has no length that could be brought to one (zero, not finite): it is refused by whoever looks at it.</returns>
    public static ReadOnlyMemory<float> Of(ReadOnlyMemory<float> vector)
    {
        var norm = TensorPrimitives.Norm(vector.Span);
        if (!float.IsFinite(norm) || norm == 0)
        {
            return vector;
        }

        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector.Span, norm, unit);
        return unit;
    }
}
