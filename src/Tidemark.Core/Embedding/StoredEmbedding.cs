using Tidemark.Documents;

namespace Tidemark.Embedding;

/// <param name="Input">SHA-256 of the exact embedding input.</param>
/// <param name="Vector">As the space defines it; unit length where the space is normalised.</param>
public readonly record struct StoredEmbedding(ContentHash Input, ReadOnlyMemory<float> Vector)
{
    /// <summary>
    /// This input's share of what the provider reported for its request (<see cref="TokenShares"/>); 0 where nothing was
    /// paid. Kept when a vector is stored, not given back when it is found.
    /// </summary>
    public long Tokens { get; init; }
}
