namespace Tidemark.Documents;

/// <summary>A chunk that came ready-made from another index.</summary>
public sealed record OwnChunk(string Text, string? Heading, OwnEmbedding? Embedding);
