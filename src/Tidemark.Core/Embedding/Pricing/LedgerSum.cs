namespace Tidemark.Embedding.Pricing;

/// <summary>Payments put together.</summary>
/// <param name="Usage">As the provider reported it.</param>
/// <param name="EstimatedTokens">What the same inputs were estimated at, not calibrated.</param>
/// <param name="KnownCost">USD at the prices of the time, of those tokens that had a price.</param>
/// <param name="UnpricedTokens">Tokens for which no price was known.</param>
public readonly record struct LedgerSum(
    EmbeddingUsage Usage, long EstimatedTokens, decimal KnownCost, long UnpricedTokens)
{
    /// <summary>USD; null where something was paid of which nobody knew the price.</summary>
    public decimal? Cost => UnpricedTokens > 0 ? null : KnownCost;

    /// <summary>USD of what had a price; null where something was paid and nothing of it had one.</summary>
    public decimal? PricedCost => this is { KnownCost: 0, UnpricedTokens: > 0 } ? null : KnownCost;

    /// <summary>Reported tokens for each estimated one; 1 where nothing was estimated yet.</summary>
    public decimal Calibration => EstimatedTokens > 0 && Usage.Tokens > 0 ? (decimal)Usage.Tokens / EstimatedTokens : 1;

    /// <summary>Adds every figure.</summary>
    public static LedgerSum operator +(LedgerSum a, LedgerSum b) => new(
        a.Usage + b.Usage,
        a.EstimatedTokens + b.EstimatedTokens,
        a.KnownCost + b.KnownCost,
        a.UnpricedTokens + b.UnpricedTokens);

    /// <summary>All of them added up.</summary>
    public static LedgerSum Of(IEnumerable<LedgerEntry> entries) =>
        entries.Aggregate(default(LedgerSum), (sum, entry) => sum + entry.Sum);

    /// <summary>What a receipt says.</summary>
    public static LedgerSum Of(EmbeddingReceipt receipt)
    {
        var cost = TokenPrice.CostOf(receipt.Usage.Tokens, receipt.PricePerMillionTokens);
        return new LedgerSum(
            receipt.Usage, receipt.EstimatedTokens, cost ?? 0, cost is null ? receipt.Usage.Tokens : 0);
    }
}
