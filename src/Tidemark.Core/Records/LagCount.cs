namespace Tidemark.Records;

/// <summary>How many changes took how long from their source into the index.</summary>
/// <param name="Position">On the <see cref="LagScale"/>.</param>
public readonly record struct LagCount(bool IsFirstLoad, int Position, long Changes);
