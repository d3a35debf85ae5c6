using Tidemark.Embedding.Pricing;

namespace Tidemark.Embedding;

/// <summary>What the pipeline stands on.</summary>
/// <param name="Ledger">What was paid so far calibrates estimates.</param>
public sealed record EmbeddingPorts(
    IEmbeddingStore Embeddings, IQuarantine Quarantine, ICostLedger Ledger, TimeProvider Clock)
{
    /// <summary>0 to 1, for the jitter of waits.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;
}
