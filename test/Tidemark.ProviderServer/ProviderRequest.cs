namespace Tidemark.ProviderServer;

/// <summary>One request as it arrived.</summary>
/// <param name="Number">Counted from 0.</param>
/// <param name="Authorization">The whole header; null: there was none.</param>
public sealed record ProviderRequest(
    int Number, string Model, IReadOnlyList<string> Texts, string? Authorization, string? Encoding, int? Dimensions);
