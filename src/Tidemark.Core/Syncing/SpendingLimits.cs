namespace Tidemark.Syncing;

/// <summary>What may be spent on embedding.</summary>
/// <param name="Run">USD by this run; null: no limit.</param>
/// <param name="Month">USD in a calendar month (UTC) by all runs of the store; null: no limit.</param>
public sealed record SpendingLimits(decimal? Run, decimal? Month)
{
    /// <summary>No limit.</summary>
    public static SpendingLimits None { get; } = new(null, null);

    /// <summary>Whether there is no limit.</summary>
    public bool IsNone => Run is null && Month is null;

    /// <summary>What is left of the run's own limit after a part of it was spent; the month's is looked up when it counts.</summary>
    internal SpendingLimits After(decimal spent) => Run is { } run ? this with { Run = Math.Max(0, run - spent) } : this;

    /// <summary>A limit cannot be kept for a model of which nobody knows the price.</summary>
    public static TidemarkException Unpriced(string space) => new(
        ErrorCodes.BudgetUnpriced,
        $"there is a budget, but nobody knows what '{space}' costs",
        "say so with EmbeddingModel.PricePerMillionTokens (0 for a model that costs nothing), or leave the budget out");
}
