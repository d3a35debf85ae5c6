namespace Tidemark.Embedding;

/// <summary>The offline model <c>hashing:DIM</c>: free, deterministic, lexical (<see cref="HashingEmbeddingGenerator"/>).</summary>
public static class HashingModel
{
    private const string Prefix = "hashing:";

    /// <summary>The fewest dimensions, 16.</summary>
    public const int MinDimensions = 16;

    /// <summary>The most dimensions, 4,096.</summary>
    public const int MaxDimensions = 4096;

    /// <summary>Those of <c>hashing:384</c>.</summary>
    public const int DefaultDimensions = 384;

    /// <summary>Whether an embedding space is of this model.</summary>
    public static bool Makes(string space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return space.StartsWith(Prefix, StringComparison.Ordinal);
    }

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: dimensions outside 16 to 4,096.</exception>
    public static EmbeddingModel Create(int dimensions = DefaultDimensions)
    {
        if (dimensions is < MinDimensions or > MaxDimensions)
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                $"the embedder 'hashing:{dimensions}' has {dimensions} dimensions; it can have {MinDimensions} to {MaxDimensions}",
                $"use 'hashing:{DefaultDimensions}', or another number from {MinDimensions} to {MaxDimensions}");
        }

        return new EmbeddingModel
        {
            Space = new EmbeddingSpace($"{Prefix}{dimensions}", dimensions),
            Generator = new HashingEmbeddingGenerator(dimensions),
            PricePerMillionTokens = 0,
            BatchSize = 4096,
        };
    }
}
