namespace Tidemark.Server.Dashboard.Charts;

/// <param name="Name">Below it.</param>
/// <param name="Height">Null: that is not known.</param>
/// <param name="Tone">good, warn, bad or busy.</param>
/// <param name="Tip">The figures.</param>
internal sealed record Bar(string Name, double? Height, string Tone, string Tip);
