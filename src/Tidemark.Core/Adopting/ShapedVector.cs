namespace Tidemark.Adopting;

/// <summary>A vector as its space has them, and what that took.</summary>
internal readonly record struct ShapedVector(ReadOnlyMemory<float> Vector, bool IsShortened, bool IsRescaled);
