namespace Tidemark.Embedding;

/// <summary>What embedding has cost so far. Counted by the pipeline, read by the run.</summary>
/// <param name="Requests">Calls of the generator.</param>
/// <param name="Inputs">Distinct texts sent to it.</param>
/// <param name="Tokens">As it reported them, estimated where it did not.</param>
public readonly record struct EmbeddingUsage(long Requests, long Inputs, long Tokens)
{
    /// <summary>Adds every figure.</summary>
    public static EmbeddingUsage operator +(EmbeddingUsage a, EmbeddingUsage b) =>
        new(a.Requests + b.Requests, a.Inputs + b.Inputs, a.Tokens + b.Tokens);
}
