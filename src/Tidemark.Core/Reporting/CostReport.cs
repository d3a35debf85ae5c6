using Tidemark.Embedding.Pricing;

namespace Tidemark.Reporting;

/// <summary>What was paid in the current calendar month (UTC), all namespaces of the store together.</summary>
/// <param name="Budget">USD; null: no limit.</param>
public sealed record CostReport(LedgerMonth Month, LedgerSum Paid, decimal? Budget);
