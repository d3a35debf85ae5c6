using Tidemark.Embedding;

namespace Tidemark.Sqlite.Rows;

/// <summary>What is noted beside a vector: when, by which run and why it was stored.</summary>
internal readonly record struct EmbeddingOrigin(long StoredAt, long Run, EmbeddingCause Cause)
{
    /// <summary>Only where it was read.</summary>
    public long Tokens { get; init; }
}
