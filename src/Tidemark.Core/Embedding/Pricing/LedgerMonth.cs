using System.Globalization;

namespace Tidemark.Embedding.Pricing;

/// <summary>A calendar month in UTC: what budgets are counted by.</summary>
/// <param name="Number">Year * 12 + month - 1.</param>
public readonly record struct LedgerMonth(int Number)
{
    /// <summary>The month of a moment, in UTC.</summary>
    public static LedgerMonth Of(DateTimeOffset time) => new((time.UtcDateTime.Year * 12) + time.UtcDateTime.Month - 1);

    /// <summary>As <c>2026-11</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number / 12:D4}-{(Number % 12) + 1:D2}");
}
