using Tidemark.Reporting;

namespace Tidemark.Composition.Configuration;

/// <summary>When <c>status</c> raises its voice.</summary>
internal sealed record AlertSettings
{
    public TimeSpan Sla { get; init; }

    public TimeSpan? PremiumSla { get; init; }

    public TimeSpan Window { get; init; }

    public double BudgetShare { get; init; }

    public double ErrorRate { get; init; }

    public double IndexGrowth { get; init; }

    public double SkipRateDrop { get; init; }

    public double GoldenLoss { get; init; }

    public long QueueDepth { get; init; }

    public long FeedLagBytes { get; init; }

    public StatusOptions With(CostSettings cost) => new()
    {
        Sla = Sla,
        PremiumSla = PremiumSla,
        Window = Window,
        MonthlyBudget = cost.MonthlyBudget,
        BudgetShare = BudgetShare,
        ErrorRate = ErrorRate,
        IndexGrowth = IndexGrowth,
        SkipRateDrop = SkipRateDrop,
        GoldenLoss = GoldenLoss,
        QueueDepth = QueueDepth,
        FeedLagBytes = FeedLagBytes,
    };
}
