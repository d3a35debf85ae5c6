using Tidemark.Documents;

namespace Tidemark.Embedding;

/// <param name="Input">SHA-256 of the exact embedding input.</param>
/// <param name="Vector">As the space defines it; unit length where the space is normalised.</param>
public readonly record struct StoredEmbedding(ContentHash Input, ReadOnlyMemory<float> Vector);
