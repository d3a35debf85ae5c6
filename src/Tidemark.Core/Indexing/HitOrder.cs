namespace Tidemark.Indexing;

/// <summary>The order of every result: best score first, then document by ordinal comparison, then ordinal.</summary>
public sealed class HitOrder : IComparer<IndexHit>
{
    /// <summary>The one there is; it has no state.</summary>
    public static HitOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(IndexHit? x, IndexHit? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var byScore = y.Score.CompareTo(x.Score);
        if (byScore != 0)
        {
            return byScore;
        }

        var byDocument = string.CompareOrdinal(x.Chunk.Document, y.Chunk.Document);
        return byDocument != 0 ? byDocument : x.Chunk.Ordinal.CompareTo(y.Chunk.Ordinal);
    }
}
