namespace Tidemark.Records;

/// <summary>Money as every store keeps it, so that it adds up exactly: in 10^-12 USD, bounded at two million USD a row.</summary>
public static class StoredMoney
{
    private const decimal Unit = 1_000_000_000_000m;
    private const decimal PriceUnit = 1_000_000m;

    /// <summary>USD in 10^-12.</summary>
    public static long Of(decimal usd) => Round(usd, Unit);

    /// <summary>USD.</summary>
    public static decimal Read(long stored) => stored / Unit;

    /// <summary>In 10^-12 USD a token.</summary>
    /// <param name="perMillion">USD for a million tokens.</param>
    public static long? OfPrice(decimal? perMillion) => perMillion is { } known ? Round(known, PriceUnit) : null;

    /// <summary>USD for a million tokens.</summary>
    public static decimal? ReadPrice(long? stored) => stored / PriceUnit;

    private static long Round(decimal amount, decimal unit) =>
        amount >= 2_000_000m ? (long)(2_000_000m * Unit) : (long)decimal.Round(amount * unit);
}
