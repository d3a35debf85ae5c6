namespace Tidemark.Embedding;

/// <summary>
/// What makes two vectors comparable: provider, model, dimensions, normalisation, prefixes. Two spaces never share a
/// generation, and a query is embedded in the space of the generation that it asks.
/// </summary>
/// <param name="Name">The whole identity as one text, for instance <c>hashing:384</c>.</param>
public sealed record EmbeddingSpace(string Name, int Dimensions);
