namespace Tidemark.Syncing;

/// <summary>What may be spent on embedding.</summary>
/// <param name="Run">USD by this run; null: no limit.</param>
/// <param name="Month">USD in a calendar month (UTC) by all runs of the store; null: no limit.</param>
public sealed record SpendingLimits(decimal? Run, decimal? Month)
{
    public static SpendingLimits None { get; } = new(null, null);

    public bool IsNone => Run is null && Month is null;
}
