using Tidemark.Records;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>
/// How many changes may come late, and how many did. The SLA is kept while no more than 5 % of the changes of its window are later than it
/// says. Pure.
/// </summary>
/// <param name="Changes">Of the window; first loads count only where there is nothing else.</param>
/// <param name="Late">Later than the SLA.</param>
internal sealed record ErrorBudget(long Changes, long Late)
{
    private const double MayBeLate = 0.05;

    public long Allowed => (long)Math.Floor(Changes * MayBeLate);

    /// <summary>0 to 1 while the SLA is kept, more than 1 beyond; null: nothing changed.</summary>
    public double? Used => Changes == 0 ? null : Late / (Changes * MayBeLate);

    public static ErrorBudget Of(IReadOnlyList<LagCount> lags, TimeSpan sla)
    {
        var isLoad = lags.All(lag => lag.IsFirstLoad);
        var counted = lags.Where(lag => lag.IsFirstLoad == isLoad).ToList();
        return new ErrorBudget(
            counted.Sum(lag => lag.Changes),
            counted.Where(lag => LagScale.Longest(lag.Position) > sla).Sum(lag => lag.Changes));
    }
}
