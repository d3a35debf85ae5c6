using System.Globalization;

namespace Tidemark.Wire;

/// <summary>Amounts of USD as people write them: <c>2.50</c>, <c>1e-4</c>.</summary>
public static class MoneyText
{
    /// <summary>USD: nobody means more.</summary>
    public const decimal Most = 1_000_000m;

    /// <summary>Reads an amount that is not negative.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: no such amount.</exception>
    public static decimal Parse(InputName name, string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var usd)
        && usd <= Most
            ? usd
            : throw name.Wrong(text, $"give it an amount of USD, not negative: '{name.With("2.50")}'");
}
