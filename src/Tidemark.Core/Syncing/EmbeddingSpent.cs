using Tidemark.Embedding;

namespace Tidemark.Syncing;

/// <summary>What embedding took, or would take.</summary>
/// <param name="Usage">Requests, inputs and tokens as the provider counts them.</param>
/// <param name="EstimatedTokens">The same tokens by rule of thumb.</param>
/// <param name="Endpoint">Where the model was asked; null: it was not, or in this process.</param>
internal readonly record struct EmbeddingSpent(EmbeddingUsage Usage, long EstimatedTokens, string? Endpoint);
