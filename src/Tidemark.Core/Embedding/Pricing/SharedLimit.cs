namespace Tidemark.Embedding.Pricing;

/// <summary>A limit that several runs spend at once.</summary>
/// <param name="Left">USD that were left of it when the run began.</param>
/// <param name="PaidAsync">USD that all of them, this run among them, have paid since.</param>
public sealed record SharedLimit(decimal Left, Func<CancellationToken, ValueTask<decimal>> PaidAsync);
