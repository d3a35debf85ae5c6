namespace Tidemark.Embedding.Pricing;

/// <summary>What tokens cost. Pure.</summary>
public static class TokenPrice
{
    /// <summary>Of all prices: <c>USD</c>.</summary>
    public const string Currency = "USD";

    private const decimal Million = 1_000_000m;

    /// <param name="pricePerMillion">USD; null where no price is known.</param>
    /// <returns>USD, exact; null where no price is known.</returns>
    public static decimal? CostOf(long tokens, decimal? pricePerMillion) => tokens * pricePerMillion / Million;
}
