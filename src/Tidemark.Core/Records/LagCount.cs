namespace Tidemark.Records;

/// <summary>How many changes took how long from their source into the index.</summary>
/// <param name="Position">On the <see cref="LagScale"/>.</param>
public readonly record struct LagCount(bool IsFirstLoad, int Position, long Changes)
{
    /// <summary>Changes of documents of the tier <c>premium</c>.</summary>
    public bool IsPremium { get; init; }

    /// <summary>As stores keep what they are of: 1 for a first load, 2 for premium, or both.</summary>
    public int Kind => (IsFirstLoad ? 1 : 0) | (IsPremium ? 2 : 0);

    /// <summary>What <see cref="Kind"/> told.</summary>
    public static LagCount OfKind(int kind, int position, long changes) => new((kind & 1) != 0, position, changes) { IsPremium = (kind & 2) != 0 };
}
