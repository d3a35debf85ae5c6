namespace Tidemark.Postgres.Embedding;

/// <summary>Money as the store keeps it, so that it adds up exactly: in 10^-12 USD, bounded at two million USD a row.</summary>
internal static class StoredMoney
{
    private const decimal Unit = 1_000_000_000_000m;
    private const decimal PriceUnit = 1_000_000m;

    public static long Of(decimal usd) => Round(usd, Unit);

    public static decimal Read(long stored) => stored / Unit;

    /// <param name="perMillion">USD for a million tokens.</param>
    public static long? OfPrice(decimal? perMillion) => perMillion is { } known ? Round(known, PriceUnit) : null;

    public static decimal? ReadPrice(long? stored) => stored / PriceUnit;

    private static long Round(decimal amount, decimal unit) =>
        amount >= 2_000_000m ? (long)(2_000_000m * Unit) : (long)decimal.Round(amount * unit);
}
