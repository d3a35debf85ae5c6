namespace Tidemark.Embedding;

/// <summary>Who wants vectors, and why.</summary>
/// <param name="Run">The run that pays; 0 outside of runs.</param>
/// <param name="Cause">Why inputs that the store lacks are embedded.</param>
/// <param name="Force">Ask the model even for what the store has (once in a pipeline's life), and replace it.</param>
/// <param name="RetryRefused">Ask the model also for what it refused in an earlier run.</param>
public readonly record struct EmbeddingPurpose(long Run, EmbeddingCause Cause, bool Force = false, bool RetryRefused = false);
