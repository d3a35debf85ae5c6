using Tidemark.Embedding;

namespace Tidemark.Conformance.InMemory;

internal sealed record MemoryEmbedding(float[] Vector, DateTimeOffset At, long Run, EmbeddingCause Cause, long Tokens);
