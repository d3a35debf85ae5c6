using Tidemark.Embedding.Pricing;
using Tidemark.Reporting;
using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>What was paid and why, and what other ways of keeping the index in step would cost.</summary>
/// <param name="Months">Newest first, all namespaces of the store together.</param>
/// <param name="Avoided">USD of the last runs; null: no price is known for some of it.</param>
/// <param name="Comparison">Reads every chunk, so it is made when it is asked for; null: it was not.</param>
internal sealed record CostModel(IReadOnlyList<LedgerEntry> Months, decimal? Budget, decimal? Avoided, CostComparison? Comparison)
{
    private const int Shown = 12;
    private const int Runs = 500;

    public static async Task<CostModel> ReadAsync(Call call)
    {
        var (runs, _) = await call.Index.RunsAsync(Runs, call.Namespace, call.Ended);
        var figures = runs.Select(RunFigures.Of).ToList();
        var days = call.Arguments.Integer("days");
        return new CostModel(
            await call.Index.MonthsAsync(Shown, call.Ended),
            call.Options.Status.MonthlyBudget,
            figures.Sum(run => run.AvoidedCost ?? 0),
            days == 0 ? null : await call.Index.CostAsync(new CostOptions { Namespace = call.Namespace, Days = days }, call.Ended));
    }

    /// <summary>What each month cost, oldest first.</summary>
    public IReadOnlyList<(LedgerMonth Month, LedgerSum Sum)> Sums =>
        [.. Months.GroupBy(entry => entry.Month).OrderBy(month => month.Key.Number).Select(month => (month.Key, LedgerSum.Of(month)))];
}
