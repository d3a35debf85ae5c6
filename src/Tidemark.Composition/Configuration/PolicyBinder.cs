using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Syncing.Rules;
using Tidemark.Wire;

namespace Tidemark.Composition.Configuration;

/// <summary>Binds the rules that hold for documents which say nothing themselves. Those of the last layer that has any count.</summary>
internal sealed class PolicyBinder(IReadOnlyList<SettingLayer> layers, ICollection<ConfigurationMistake> mistakes)
{
    public DocumentPolicy Bind() => new()
    {
        Expiry = [.. Entries(layer => layer.Expiry).Select((values, i) => BindExpiry(values, $"{SettingPaths.Expiry}[{i}]"))],
        Tiers =
        [
            .. Entries(layer => layer.Tiers).Select((values, i) => new TierRule(
                BindDocuments(values, $"{SettingPaths.Tiers}[{i}]"), values.Text(SettingPaths.RuleTier) ?? DocumentTiers.Standard)),
        ],
    };

    private List<SettingValues> Entries(Func<SettingLayer, List<SettingValues>?> list) =>
        layers.Select(list).LastOrDefault(entries => entries is not null) ?? [];

    private TimeToLive BindExpiry(SettingValues values, string place)
    {
        var after = values.Text(SettingPaths.RuleAfter);
        return new TimeToLive(BindDocuments(values, place), after is null or RuleTable.Never ? null : BindPeriod(after, $"{place}.{SettingPaths.RuleAfter}"))
        {
            From = BindDate(values),
        };
    }

    private static RuleDate BindDate(SettingValues values) => values.Text(SettingPaths.RuleFrom) switch
    {
        null or RuleTable.Modified => RuleDate.Modified,
        var field => RuleDate.Field(field),
    };

    private TimeSpan? BindPeriod(string text, string place)
    {
        if (PeriodText.Find(text) is { } period)
        {
            return period;
        }

        mistakes.Add(new($"'{place}' is '{text}'", $"write a number and a unit: 90s, 30m, 12h, 7d, 2w; or '{RuleTable.Never}'"));
        return null;
    }

    private MetadataFilter BindDocuments(SettingValues values, string place)
    {
        var filter = MetadataFilter.None;
        try
        {
            filter = MetadataFilter.Parse(values.Texts(SettingPaths.RuleWhere) ?? []);
        }
        catch (TidemarkException e)
        {
            mistakes.Add(new($"'{place}.{SettingPaths.RuleWhere}': {e.Message}", e.Remedy));
        }

        return filter with { Source = values.Text(SettingPaths.RuleSource), Path = values.Text(SettingPaths.RulePath) };
    }
}
