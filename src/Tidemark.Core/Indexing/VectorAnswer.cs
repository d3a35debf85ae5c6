namespace Tidemark.Indexing;

/// <summary>What an index finds near a vector.</summary>
/// <param name="Hits">Best first; ties by document, then ordinal.</param>
public sealed record VectorAnswer(IReadOnlyList<IndexHit> Hits)
{
    /// <summary>Nothing was asked, or nothing is there.</summary>
    public static VectorAnswer Nothing { get; } = new([]);

    /// <summary>
    /// False: more chunks pass the filter than a search compares, and they lie where the index finds no way to; nearer ones may be missing.
    /// </summary>
    public bool IsComplete { get; init; } = true;
}
