using System.Globalization;
using System.Text.Json;

namespace Tidemark.Embedding.Pricing;

/// <summary>The list prices that this release ships with. Read when somebody asks for one, not before.</summary>
public static class PriceList
{
    private const string Resource = "prices.json";

    private static readonly Lazy<IReadOnlyList<ModelPrice>> List = new(Read);

    /// <summary>Prices by model, in the order of the shipped file.</summary>
    public static IReadOnlyList<ModelPrice> All => List.Value;

    /// <param name="space">The name of an embedding space: <c>hashing:384</c>, <c>openai:MODEL:DIM?…</c>.</param>
    /// <returns>USD for a million tokens; null where it is not known.</returns>
    public static decimal? Find(string space)
    {
        var (provider, model) = PriceName.Of(space);
        return string.Equals(provider, "hashing", StringComparison.Ordinal)
            ? 0
            : All.FirstOrDefault(price => string.Equals(price.Model, model, StringComparison.Ordinal))
                ?.UsdPerMillionTokens;
    }

    private static List<ModelPrice> Read()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The price list '{Resource}' is not embedded.");
        using var json = JsonDocument.Parse(stream);
        var prices = new List<ModelPrice>();
        foreach (var price in json.RootElement.EnumerateArray())
        {
            prices.Add(new ModelPrice(
                price.GetProperty("model").GetString()!,
                price.GetProperty("provider").GetString()!,
                price.GetProperty("usdPerMillionTokens").GetDecimal(),
                DateOnly.ParseExact(price.GetProperty("asOf").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                price.GetProperty("source").GetString()!));
        }

        return prices;
    }
}
