namespace Tidemark.Reporting;

/// <summary>What the strategies cost with a larger corpus or another churn.</summary>
/// <param name="Scale">How many times the corpus of today.</param>
/// <param name="Churn">Which share of the chunks changes in a day.</param>
/// <param name="Strategies">In the order of <see cref="CostComparison.Strategies"/>.</param>
public sealed record CostProjection(int Scale, double Churn, IReadOnlyList<StrategyCost> Strategies);
