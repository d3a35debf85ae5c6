namespace Tidemark.Reporting;

/// <summary>The stable names of alerts.</summary>
public static class AlertCodes
{
    /// <summary>
    /// Changes reach the index later than the SLA allows, or no sync has been complete for that long.
    /// </summary>
    public const string FreshnessSla = "freshness.sla";

    /// <summary>Changes of premium documents reach the index later than is promised of those.</summary>
    public const string FreshnessPremium = "freshness.premium";

    /// <summary>The month's cost has reached the share of its budget from which on somebody wants to know.</summary>
    public const string MonthlyBudget = "cost.budget";

    /// <summary>What the history says lies ahead of the clock, so that ages are not known until the next run has ended.</summary>
    public const string ClockWentBack = "clock.went-back";

    /// <summary>Too many items of the last run failed.</summary>
    public const string ErrorRate = "runs.error-rate";

    /// <summary>The last run held deletions back: the index has documents that their source no longer has.</summary>
    public const string DeletionsHeld = "runs.guarded";

    /// <summary>Runs skip far less than they used to: something makes unchanged documents look new.</summary>
    public const string SkipRate = "runs.skip-rate";

    /// <summary>The external index is gone, or another one stands in its place.</summary>
    public const string IndexGone = "index.gone";

    /// <summary>A source is staler than the mode in which it is followed promises.</summary>
    public const string FreshnessSource = "freshness.source";

    /// <summary>A job's time came, and nobody took it.</summary>
    public const string ScheduleOverdue = "schedule.overdue";

    /// <summary>A job did not end as it should have.</summary>
    public const string ScheduleFailed = "schedule.failed";

    /// <summary>A database keeps too much of its log because of a feed.</summary>
    public const string FeedLag = "feed.lag";

    /// <summary>Nobody carries a feed on, while its database keeps its log for it.</summary>
    public const string FeedSilent = "feed.silent";

    /// <summary>A feed holds deletions back, or does not go on.</summary>
    public const string FeedTrouble = "feed.trouble";

    /// <summary>The messages of a broker are not taken.</summary>
    public const string BrokerTrouble = "broker.trouble";

    /// <summary>Changes wait in the queue, and whoever tried last to carry them out could not.</summary>
    public const string QueueTrouble = "queue.trouble";

    /// <summary>Whoever carried the queue out looks at it no more, and said no goodbye.</summary>
    public const string QueueSilent = "queue.silent";

    /// <summary>Too many changes wait in the queue.</summary>
    public const string QueueDepth = "queue.depth";

    /// <summary>The queue has dead letters.</summary>
    public const string QueueDead = "queue.dead";

    /// <summary>The index has grown by more than its share since a while ago.</summary>
    public const string IndexGrowth = "index.growth";

    /// <summary>Golden queries find less than they did in the run before.</summary>
    public const string GoldenFell = "golden.fell";

    /// <summary>Documents have a time that is more than a day ahead of the clock.</summary>
    public const string VersionAhead = "documents.ahead";

    /// <summary>The store went back to an older state, and what that lost was not brought again.</summary>
    public const string StoreRewound = ErrorCodes.StoreRewound;

    /// <summary>Something was to be forgotten, and that has not come to its end.</summary>
    public const string Unfinished = ErrorCodes.ForgetUnfinished;

    /// <summary>An external index has not acknowledged changes for too long, or the last run could not deliver them.</summary>
    public const string IndexLag = "index.lag";
}
