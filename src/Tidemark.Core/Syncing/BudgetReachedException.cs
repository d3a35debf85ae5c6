namespace Tidemark.Syncing;

/// <summary>Ends a run whose next request would have exceeded the budget; what was committed stays.</summary>
internal sealed class BudgetReachedException() : TidemarkException(
    ErrorCodes.BudgetReached,
    "the budget is reached",
    "raise the budget and make the same call again; it goes on where it stopped");
