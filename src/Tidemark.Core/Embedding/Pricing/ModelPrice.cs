namespace Tidemark.Embedding.Pricing;

/// <summary>A line of the shipped price list.</summary>
/// <param name="Model">The provider's name of the model.</param>
/// <param name="AsOf">When the provider announced the price, or it was last looked up.</param>
/// <param name="Source">Where it stands.</param>
public sealed record ModelPrice(
    string Model, string Provider, decimal UsdPerMillionTokens, DateOnly AsOf, string Source);
