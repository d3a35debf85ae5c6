namespace Tidemark.Composition.Configuration;

/// <summary>Puts together what is set about money and about alerts.</summary>
internal static class CostBinder
{
    public static CostSettings Bind(SettingValues values, IReadOnlyList<SettingLayer> layers)
    {
        var prices = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var layer in layers.Where(layer => layer.Prices.Count > 0))
        {
            foreach (var (name, price) in layer.Prices)
            {
                prices[name] = price;
            }
        }

        return new CostSettings
        {
            MonthlyBudget = (decimal?)values.Number(SettingPaths.MonthlyBudget),
            Price = (decimal?)values.Number(SettingPaths.Price),
            Prices = prices,
        };
    }

    public static AlertSettings BindAlerts(SettingValues values) => new()
    {
        Sla = TimeSpan.FromSeconds(values.Number(SettingPaths.SlaSeconds) ?? 900),
        PremiumSla = values.Number(SettingPaths.PremiumSlaSeconds) is { } promised ? TimeSpan.FromSeconds(promised) : null,
        Window = TimeSpan.FromHours(values.Number(SettingPaths.FreshnessWindow) ?? 24),
        BudgetShare = values.Number(SettingPaths.BudgetAlert) ?? 0.8,
        ErrorRate = values.Number(SettingPaths.ErrorAlert) ?? 0.05,
        IndexGrowth = values.Number(SettingPaths.GrowthAlert) ?? 0.5,
        SkipRateDrop = values.Number(SettingPaths.SkipAlert) ?? 0.5,
        GoldenLoss = values.Number(SettingPaths.GoldenAlert) ?? 0.05,
        FeedLagBytes = values.Integer(SettingPaths.FeedAlert) ?? 1_000_000_000,
        QueueDepth = values.Integer(SettingPaths.QueueAlert) ?? 100_000,
    };
}
