namespace Tidemark.Embedding.Requests;

/// <summary>An input that was answered with a vector that cannot be right.</summary>
internal readonly record struct BadVector(PendingInput Input, EmbeddingRequestException Reason);
