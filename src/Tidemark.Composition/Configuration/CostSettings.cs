using Tidemark.Embedding.Pricing;

namespace Tidemark.Composition.Configuration;

/// <summary>What embedding costs and may cost.</summary>
internal sealed record CostSettings
{
    /// <summary>USD; null: no limit.</summary>
    public decimal? MonthlyBudget { get; init; }

    /// <summary>USD for a million tokens of whatever embedder is in use; null: as the lists have it.</summary>
    public decimal? Price { get; init; }

    /// <summary>USD for a million tokens by name of a model, or a beginning of it followed by <c>*</c>.</summary>
    public IReadOnlyDictionary<string, decimal> Prices { get; init; } =
        new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <returns>USD for a million tokens; null where it is not known.</returns>
    public decimal? PriceOf(string space) =>
        Price ?? (Prices.Count == 0 ? null : Configured(space)) ?? PriceList.Find(space);

    /// <summary>The most telling name wins.</summary>
    private decimal? Configured(string space)
    {
        (string Name, decimal Price)? best = null;
        foreach (var (name, price) in Prices)
        {
            if (PriceName.Matches(name, space) && !(best?.Name.Length > name.Length))
            {
                best = (name, price);
            }
        }

        return best?.Price;
    }
}
