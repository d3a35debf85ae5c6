namespace Tidemark.Reporting;

/// <summary>The stable names of alerts.</summary>
public static class AlertCodes
{
    public const string FreshnessSla = "freshness.sla";
    public const string MonthlyBudget = "cost.budget";
    public const string ErrorRate = "runs.error-rate";
    public const string SkipRate = "runs.skip-rate";
    public const string QueueDepth = "queue.depth";
    public const string QueueDead = "queue.dead";
    public const string IndexGrowth = "index.growth";
    public const string IndexLag = "index.lag";
}
