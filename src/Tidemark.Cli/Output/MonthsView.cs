using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Reporting;

namespace Tidemark.Cli.Output;

/// <summary>What each month cost and why, as a table and a plot.</summary>
internal static class MonthsView
{
    /// <param name="entries">By month, newest first.</param>
    public static IEnumerable<Block> Of(IReadOnlyList<LedgerEntry> entries)
    {
        if (entries.Count == 0)
        {
            yield return new Block.Line("nothing was paid yet");
            yield break;
        }

        var causes = entries.Select(entry => entry.Cause).Distinct().Order().ToArray();
        var months = entries.GroupBy(entry => entry.Month).ToArray();
        string[] headers = ["month", "requests", "inputs", "tokens", "cost", .. causes.Select(WhyReport.NameOf)];
        yield return new Block.Table(
            headers, [.. months.Select(month => RowOf(month, causes))], [.. Enumerable.Range(1, headers.Length - 1)]);
        var most = months.Max(month => LedgerSum.Of(month).KnownCost);
        if (months.Length > 1 && most > 0)
        {
            yield return new Block.Plot("cost", [.. months.Reverse().Select(month => BarOf(month, most))]);
        }
    }

    private static Span[] RowOf(IGrouping<LedgerMonth, LedgerEntry> month, EmbeddingCause[] causes)
    {
        var sum = LedgerSum.Of(month);
        return
        [
            month.Key.ToString(),
            Units.Count(sum.Usage.Requests),
            Units.Count(sum.Usage.Inputs),
            Units.Count(sum.Usage.Tokens),
            MoneyOf(sum),
            .. causes.Select(cause => month.FirstOrDefault(entry => entry.Cause == cause) is { } entry
                ? new Span(MoneyOf(entry.Sum))
                : new Span("")),
        ];
    }

    private static Bar BarOf(IGrouping<LedgerMonth, LedgerEntry> month, decimal most)
    {
        var cost = LedgerSum.Of(month).KnownCost;
        return new Bar(month.Key.ToString(), (double)(cost / most), Units.Money(cost));
    }

    private static string MoneyOf(LedgerSum sum) => sum.PricedCost is { } cost
        ? Units.Money(cost) + (sum.UnpricedTokens > 0 ? " and more" : "")
        : "unknown";
}
