using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;

namespace Tidemark.Syncing;

/// <summary>The tighter of a run's two limits, and what is left of it. Decided once, when the run begins.</summary>
/// <param name="Kind"><c>run</c> or <c>month</c>.</param>
/// <param name="Limit">USD, as it was set.</param>
/// <param name="Before">USD spent of it before this run.</param>
internal sealed record RunBudget(string Kind, decimal Limit, decimal Before, EmbeddingBudget Embedding)
{
    /// <returns>Null where nothing is limited.</returns>
    /// <exception cref="TidemarkException"><c>budget.unpriced</c>: a limit, but no price.</exception>
    public static async ValueTask<RunBudget?> OpenAsync(
        SpendingLimits limits,
        EmbeddingModel model,
        ICostLedger ledger,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (limits.IsNone)
        {
            return null;
        }

        var price = model.PricePerMillionTokens ?? throw SpendingLimits.Unpriced(model.Space.Name);
        var spent = 0m;
        if (limits.Month is not null)
        {
            var month = LedgerMonth.Of(now);
            var entries = await ledger.MonthsAsync(month, month, cancellationToken).ConfigureAwait(false);
            spent = entries.Sum(entry => entry.Sum.KnownCost);
        }

        return Tighter(limits, spent, price);
    }

    public BudgetReport Report(decimal cost) => new(
        Kind,
        Limit,
        Before + cost,
        Kind == "run"
            ? "raise --budget, or run the same command again; it goes on where this run stopped"
            : "raise 'cost.monthlyBudget', or wait for the next month; a rerun goes on where this run stopped");

    private static RunBudget Tighter(SpendingLimits limits, decimal spent, decimal price)
    {
        var left = limits.Month - spent;
        var isMonth = limits.Run is not { } run || left < run;
        return isMonth
            ? new RunBudget("month", limits.Month!.Value, spent, new EmbeddingBudget(Math.Max(0, left!.Value), price))
            : new RunBudget("run", limits.Run!.Value, 0, new EmbeddingBudget(limits.Run.Value, price));
    }
}
