using System.Globalization;

namespace Tidemark.Embedding.Pricing;

/// <summary>A calendar month in UTC: what budgets are counted by.</summary>
/// <param name="Number">Year * 12 + month - 1.</param>
public readonly record struct LedgerMonth(int Number)
{
    /// <summary>The month of a moment, in UTC.</summary>
    public static LedgerMonth Of(DateTimeOffset time) => new((time.UtcDateTime.Year * 12) + time.UtcDateTime.Month - 1);

    /// <summary>
    /// No month is later. Whoever asks what this month cost asks up to it: what was paid while the clock was ahead stands in months that have
    /// not come yet, and is spent all the same.
    /// </summary>
    public static LedgerMonth Last { get; } = Of(DateTimeOffset.MaxValue);

    /// <summary>As <c>2026-11</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number / 12:D4}-{(Number % 12) + 1:D2}");
}
