using System.Globalization;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;

namespace Tidemark.Syncing;

/// <summary>The tighter of a run's two limits, and what is left of it. Decided once, when the run begins.</summary>
/// <param name="Kind"><c>run</c> or <c>month</c>.</param>
/// <param name="Limit">USD, as it was set.</param>
/// <param name="Before">USD spent of it before this run.</param>
internal sealed record RunBudget(string Kind, decimal Limit, decimal Before, EmbeddingBudget Embedding)
{
    /// <summary>Estimated tokens of the control sample, which each run that embeds sends with its first request.</summary>
    public long Control { get; init; }

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

        return Tighter(limits, spent, price, CanaryInput.TokensFor(model));
    }

    /// <summary>Of a run that ended at it.</summary>
    /// <param name="cost">USD spent by the run.</param>
    public BudgetReport Report(decimal cost) => new(Kind, Limit, Before + cost, RemedyAfter(cost));

    /// <summary>Of a run that would end at it.</summary>
    /// <param name="cost">USD that all of it would cost.</param>
    public BudgetReport ReportPlan(decimal cost) => new(
        Kind,
        Limit,
        Before + cost,
        IsRun
            ? $"give --budget at least {Amount(cost)} to have all of it done in one run"
            : $"raise 'cost.monthlyBudget' to at least {Amount(Before + cost)} to have all of it done in this month");

    private bool IsRun => Kind == "run";

    /// <summary>A rerun goes on only if its own limit has room for what this one had none for.</summary>
    private string RemedyAfter(decimal cost)
    {
        var next = Embedding.CostOf((Embedding.Refused ?? 0) + Control);
        return (IsRun, GoesOn: next <= Limit) switch
        {
            (true, true) => "raise --budget, or run the same command again; it goes on where this run stopped",
            (true, false) => $"give --budget at least {Amount(next)}, which the next request needs alone; without that no rerun comes further",
            (false, true) => "raise 'cost.monthlyBudget', or wait for the next month; a rerun goes on where this run stopped",
            (false, false) => $"raise 'cost.monthlyBudget' to at least {Amount(Before + cost + next)}: the next request alone needs "
                + $"{Amount(next)}, which no month has",
        };
    }

    /// <summary>As a limit can be set: never less than it is.</summary>
    private static string Amount(decimal usd) =>
        decimal.Round(usd, 8, MidpointRounding.ToPositiveInfinity).ToString("$0.00######", CultureInfo.InvariantCulture);

    private static RunBudget Tighter(SpendingLimits limits, decimal spent, decimal price, long control)
    {
        var left = limits.Month - spent;
        var isMonth = limits.Run is not { } run || left < run;
        return isMonth
            ? new RunBudget("month", limits.Month!.Value, spent, new EmbeddingBudget(Math.Max(0, left!.Value), price)) { Control = control }
            : new RunBudget("run", limits.Run!.Value, 0, new EmbeddingBudget(limits.Run.Value, price)) { Control = control };
    }
}
