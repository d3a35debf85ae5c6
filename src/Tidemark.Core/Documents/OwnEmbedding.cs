namespace Tidemark.Documents;

/// <summary>A vector that came with its text. <paramref name="Space"/> null: the namespace's own space.</summary>
public sealed record OwnEmbedding(ReadOnlyMemory<float> Vector, string? Space);
