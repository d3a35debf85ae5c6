using System.Numerics.Tensors;
using Tidemark.Embedding;

namespace Tidemark.Adopting;

/// <summary>Brings another system's texts and vectors into the form of a space. Pure.</summary>
/// <param name="Space">Dimensions of 0: not known yet, and any are taken.</param>
/// <param name="Shorten">Whether longer ones are cut.</param>
internal sealed record VectorForm(EmbeddingSpace Space, bool Shorten)
{
    /// <summary>What rounding to half precision leaves of unit length, and more.</summary>
    private const float Tolerance = 1e-3f;

    private readonly SpaceTraits _traits = TraitsOf(Space.Name);

    /// <summary>Put before every input by the space; part of no key.</summary>
    public string Prefix => _traits.DocumentPrefix;

    /// <summary>Whether the model gave vectors of unit length without being told to.</summary>
    public bool IsUnitModel { get; init; }

    private bool ToUnit => _traits.Normalize || IsUnitModel;

    public static bool IsUnit(ReadOnlySpan<float> vector) => Math.Abs(TensorPrimitives.Norm(vector) - 1) <= Tolerance;

    /// <returns>Null where it cannot be one of the space.</returns>
    public ShapedVector? Shape(ReadOnlyMemory<float> vector)
    {
        var isShortened = Shorten && Space.Dimensions > 0 && vector.Length > Space.Dimensions;
        if (isShortened)
        {
            vector = vector[..Space.Dimensions];
        }

        if (vector.Length == 0 || (Space.Dimensions > 0 && vector.Length != Space.Dimensions))
        {
            return null;
        }

        // Cut ones are brought to unit length because models that give short vectors do so.
        return isShortened || (ToUnit && !IsUnit(vector.Span))
            ? new ShapedVector(UnitLength.Of(vector), isShortened, IsRescaled: !isShortened)
            : new ShapedVector(vector, false, false);
    }

    private static SpaceTraits TraitsOf(string space) =>
        space.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? SpaceTraits.TryParse(space[(at + 1)..]) ?? SpaceTraits.None : SpaceTraits.None;
}
