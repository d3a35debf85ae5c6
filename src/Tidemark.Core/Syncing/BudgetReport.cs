namespace Tidemark.Syncing;

/// <summary>Why a run ended before its work was done.</summary>
/// <param name="Kind"><c>run</c> or <c>month</c>: which of the two limits was the tighter one.</param>
/// <param name="Limit">USD.</param>
/// <param name="Spent">USD: by this run, or in this month by all.</param>
public sealed record BudgetReport(string Kind, decimal Limit, decimal Spent, string Remedy);
