using System.Globalization;
using Tidemark.Reporting;

namespace Tidemark.Cli.Output;

/// <summary>The strategies as a table and a plot, the projections as a table. Where there is no price, tokens are compared.</summary>
internal static class CostView
{
    public static IEnumerable<Block> Of(CostComparison cost)
    {
        var (corpus, churn) = (cost.Corpus, cost.Churn);
        yield return new Block.Line(
            $"{Units.Count(corpus.Documents, "document")}, {Units.Count(corpus.Chunks, "chunk")}, {Units.Bytes(corpus.Bytes)} of text, "
            + $"{Units.Count(corpus.Tokens, "token")} in '{cost.Space}'{PriceOf(cost)}");
        if (churn.Daily is { } daily)
        {
            yield return new Block.Line(churn.IsAssumed
                ? $"churn: {ShareOf(daily)} of the chunks a day, as you assume"
                : $"churn: {ShareOf(daily)} of the chunks and {ShareOf(churn.Written!.Value)} of the documents a day, by "
                    + $"{Units.Count(churn.Runs, "run")} in {Days(churn.ObservedDays!.Value)}");
        }

        yield return new Block.Table(
            ["strategy", "tokens a month", "cost a month"],
            [.. cost.Strategies.Select(one => new Span[] { one.Name, one.Tokens is { } tokens ? Units.Count(tokens) : "unknown", MoneyOf(one) })],
            [1, 2]);
        if (cost.Strategies.Max(one => one.Tokens) is > 0 and { } most && cost.Strategies.All(one => one.Tokens is not null))
        {
            yield return new Block.Plot(
                IsPriced(cost) ? "cost a month" : "tokens a month",
                [.. cost.Strategies.Select(one => new Bar(one.Name, (double)one.Tokens!.Value / most, Cell(cost, one)))]);
        }

        if (corpus.Chunks > 0)
        {
            yield return new Block.Line(IsPriced(cost) ? "projected, cost a month" : "projected, tokens a month");
            yield return new Block.Table(
                ["corpus", "churn a day", .. cost.Strategies.Select(one => one.Name)],
                [.. cost.Projections.Select(row => (Span[])
                [
                    row.Scale.ToString(CultureInfo.InvariantCulture) + " x",
                    ShareOf(row.Churn),
                    .. row.Strategies.Select(one => new Span(Cell(cost, one))),
                ])],
                [.. Enumerable.Range(0, cost.Strategies.Count + 2)]);
        }

        yield return new Block.Line(
            $"saved so far: {Units.Count(cost.SavedTokens, "token")}, {(cost.Saved is { } saved ? Units.Money(saved) : "price unknown")}");
        foreach (var note in cost.Notes)
        {
            yield return new Block.Line(note);
        }
    }

    private static bool IsPriced(CostComparison cost) => cost.PricePerMillionTokens is > 0;

    private static string PriceOf(CostComparison cost) =>
        cost.PricePerMillionTokens is { } price ? $", {Units.Money(price)} a million tokens" : "";

    private static string MoneyOf(StrategyCost strategy) => strategy.Monthly is { } usd ? Units.Money(usd) : "unknown";

    private static string Cell(CostComparison cost, StrategyCost strategy) => IsPriced(cost) ? MoneyOf(strategy)
        : strategy.Tokens is { } tokens ? Units.Count(tokens)
        : "unknown";

    private static string ShareOf(double share) => (share * 100).ToString("0.### '%'", CultureInfo.InvariantCulture);

    private static string Days(double days) => days.ToString("0.#", CultureInfo.InvariantCulture) + (days == 1 ? " day" : " days");
}
