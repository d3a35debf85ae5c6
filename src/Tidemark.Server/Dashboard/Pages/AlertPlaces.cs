using Tidemark.Reporting;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>Where one sees more of an alert, or does something about it. Pure.</summary>
internal static class AlertPlaces
{
    /// <returns>Null: nowhere.</returns>
    public static (string Path, string Name)? Of(string code) => code switch
    {
        AlertCodes.FreshnessSla or AlertCodes.ErrorRate or AlertCodes.DeletionsHeld or AlertCodes.SkipRate or AlertCodes.IndexGrowth
            or AlertCodes.FreshnessSource or AlertCodes.ScheduleFailed => ("runs", "See the runs"),
        AlertCodes.QueueDepth or AlertCodes.QueueDead => ("queue", "See the queue"),
        AlertCodes.MonthlyBudget => ("cost", "See what was paid"),
        AlertCodes.GoldenFell => ("migration", "See the golden queries"),
        AlertCodes.Unfinished => ("holds", "See what is forgotten"),
        _ => null,
    };
}
