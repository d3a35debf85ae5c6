using System.Globalization;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;

namespace Tidemark.Syncing;

/// <summary>The tighter of a run's two limits, and what is left of it. Which it is, is decided when the run begins; what other runs
/// spend of the month meanwhile counts as well.</summary>
/// <param name="Kind"><c>run</c> or <c>month</c>.</param>
/// <param name="Limit">USD, as it was set.</param>
/// <param name="Before">USD spent of it before this run.</param>
internal sealed record RunBudget(string Kind, decimal Limit, decimal Before, EmbeddingBudget Embedding)
{
    /// <summary>Estimated tokens of the control sample, which each run that embeds sends with its first request.</summary>
    public long Control { get; init; }

    /// <summary>The month's limit, where it is not this one and others may use it up meanwhile; null: there is none.</summary>
    private RunBudget? Month { get; init; }

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
        var month = LedgerMonth.Of(now);
        var before = limits.Month is null ? 0 : await SpentAsync(cancellationToken).ConfigureAwait(false);
        return Tighter(limits, before, price, async stop => await SpentAsync(stop).ConfigureAwait(false) - before) with
        {
            Control = CanaryInput.TokensFor(model),
        };

        async ValueTask<decimal> SpentAsync(CancellationToken stop) =>
            (await ledger.MonthsAsync(month, LedgerMonth.Last, stop).ConfigureAwait(false)).Sum(entry => entry.Sum.KnownCost);
    }

    /// <summary>Of a run that ended at it.</summary>
    /// <param name="cost">USD spent by the run.</param>
    public BudgetReport Report(decimal cost)
    {
        if (Embedding.IsSharedReached && Month is { } month)
        {
            return month.Report(cost);
        }

        var spent = IsRun ? cost : Math.Max(cost, Embedding.Paid);
        return new BudgetReport(Kind, Limit, Before + spent, RemedyAfter(spent));
    }

    /// <summary>Of a run that would end at it.</summary>
    /// <param name="cost">USD that all of it would cost.</param>
    public BudgetReport ReportPlan(decimal cost) => new(
        Kind,
        Limit,
        Before + cost,
        IsRun
            ? $"give SpendingLimits.Run at least {Amount(cost)} to have all of it done in one run"
            : $"raise SpendingLimits.Month to at least {Amount(Before + cost)} to have all of it done in this month");

    private bool IsRun => Kind == "run";

    /// <summary>A rerun goes on only if its own limit has room for what this one had none for.</summary>
    private string RemedyAfter(decimal cost)
    {
        var next = Embedding.CostOf((Embedding.Refused ?? 0) + Control);
        return (IsRun, GoesOn: next <= Limit) switch
        {
            (true, true) => "raise SpendingLimits.Run, or make the same call again; it goes on where this run stopped",
            (true, false) => $"give SpendingLimits.Run at least {Amount(next)}, which the next request needs alone; without that no rerun comes further",
            (false, true) => "raise SpendingLimits.Month, or wait for the next month; a rerun goes on where this run stopped",
            (false, false) => $"raise SpendingLimits.Month to at least {Amount(Before + cost + next)}: the next request alone needs "
                + $"{Amount(next)}, which no month has",
        };
    }

    /// <summary>As a limit can be set: never less than it is.</summary>
    private static string Amount(decimal usd) =>
        decimal.Round(usd, 8, MidpointRounding.ToPositiveInfinity).ToString("$0.00######", CultureInfo.InvariantCulture);

    private static RunBudget Tighter(
        SpendingLimits limits, decimal spent, decimal price, Func<CancellationToken, ValueTask<decimal>> paid)
    {
        var left = limits.Month - spent;
        var run = limits.Run ?? decimal.MaxValue;
        var budget = new EmbeddingBudget(Math.Min(run, Math.Max(0, left ?? decimal.MaxValue)), price)
        {
            Shared = left is { } shared ? new SharedLimit(shared, paid) : null,
        };
        var month = limits.Month is { } limit ? new RunBudget("month", limit, spent, budget) : null;
        return month is not null && left < run ? month : new RunBudget("run", run, 0, budget) { Month = month };
    }
}
