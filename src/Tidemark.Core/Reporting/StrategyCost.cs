namespace Tidemark.Reporting;

/// <summary>What one way of keeping an index in step costs in a month of 30 days.</summary>
/// <param name="Name"><c>nightly-full</c>, <c>per-write</c>, <c>change-feed</c>, <c>hash-based</c>.</param>
/// <param name="Tokens">That are sent to the model in a month; null: churn is not known.</param>
/// <param name="Monthly">USD; null: churn or price is not known.</param>
public sealed record StrategyCost(string Name, long? Tokens, decimal? Monthly);
