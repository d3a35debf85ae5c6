namespace Tidemark.Chunking;

/// <summary>What a person may say about chunks, and the bound that the embedding model adds.</summary>
public sealed record ChunkerOptions
{
    /// <summary>The smallest <see cref="Size"/> that is taken.</summary>
    public const int SmallestSize = 64;

    /// <summary>The largest <see cref="Size"/> that is taken.</summary>
    public const int LargestSize = 1_000_000;

    /// <summary>The smallest <see cref="MaxInputBytes"/> that is taken.</summary>
    public const int SmallestInputBytes = 64;

    /// <summary>Which chunker cuts.</summary>
    public ChunkerKind Kind { get; init; } = ChunkerKind.Structured;

    /// <summary>
    /// In UTF-16 code units. Structured: the size to aim at (default 800). Recursive: the most a chunk may have
    /// (default 1,000). Null: the default.
    /// </summary>
    public int? Size { get; init; }

    /// <summary>
    /// Code units that a recursive chunk may repeat of the one before; default 200, or a fifth of the size.
    /// </summary>
    public int? Overlap { get; init; }

    /// <summary>The most UTF-8 bytes that a chunk may have, whatever the other settings say.</summary>
    public int MaxInputBytes { get; init; } = int.MaxValue;

    /// <summary>The most tokens that a chunk may have; null: no such bound.</summary>
    public TokenLimit? Limit { get; init; }
}
