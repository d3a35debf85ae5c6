namespace Tidemark.Embedding.Pricing;

/// <summary>What was paid for one cause, by one run or in one month.</summary>
/// <param name="Run">Of a run's entry; 0 for what was paid outside of runs, and in sums over runs.</param>
/// <param name="Runs">How many runs paid it.</param>
public sealed record LedgerEntry(LedgerMonth Month, long Run, EmbeddingCause Cause, int Runs, LedgerSum Sum);
