using Tidemark.Records;
using Tidemark.Scheduling;

namespace Tidemark.Reporting;

/// <summary>Which namespace, and when its status is an alert.</summary>
public sealed record StatusOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    internal string NamespaceName => Namespace ?? NamespaceRecord.DefaultName;

    /// <summary>How late a change may be found.</summary>
    public TimeSpan Sla { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How late a change of a premium document may be found; null: nothing else is promised of those.</summary>
    public TimeSpan? PremiumSla { get; init; }

    /// <summary>How far back lags and growth are looked at.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(24);

    /// <summary>USD; null: no limit.</summary>
    public decimal? MonthlyBudget { get; init; }

    /// <summary>Alert when this share of the monthly budget is spent.</summary>
    public double BudgetShare { get; init; } = 0.8;

    /// <summary>Alert when more than this share of what the last run saw failed.</summary>
    public double ErrorRate { get; init; } = 0.05;

    /// <summary>Alert when the index grew by more than this share within the window.</summary>
    public double IndexGrowth { get; init; } = 0.5;

    /// <summary>Alert when the last run's skip rate is lower than usual by more than this.</summary>
    public double SkipRateDrop { get; init; } = 0.5;

    /// <summary>Alert when golden queries get a score that is lower by more than this than in the run before.</summary>
    public double GoldenLoss { get; init; } = 0.05;

    /// <summary>What is to be carried out again and again, by whoever does; empty: nothing is known of.</summary>
    public IReadOnlyList<JobTime> Jobs { get; init; } = [];

    /// <summary>Which feeds somebody carries on, by source; null: all that ever were.</summary>
    public IReadOnlyCollection<string>? Feeds { get; init; }

    /// <summary>Alert when a database keeps more bytes of its log than this because of a feed.</summary>
    public long FeedLagBytes { get; init; } = 1_000_000_000;

    /// <summary>Alert when more changes than this wait in the queue.</summary>
    public long QueueDepth { get; init; } = 100_000;
}
