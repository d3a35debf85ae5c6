namespace Tidemark.Records;

/// <summary>
/// Times as every store keeps them: ticks of 100 ns since 1970-01-01 UTC, so that none is rounded and a copy is equal.
/// </summary>
public static class StoreTime
{
    /// <summary>Ticks of 100 ns since 1970-01-01 UTC.</summary>
    public static long ToStored(this DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    /// <summary>The same; null stays null.</summary>
    public static long? ToStored(this DateTimeOffset? time) => time?.ToStored();

    /// <summary>What <see cref="ToStored(DateTimeOffset)"/> gave.</summary>
    public static DateTimeOffset FromStored(long ticks) =>
        new(ticks + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);

    /// <summary>The same; null stays null.</summary>
    public static DateTimeOffset? FromStored(long? ticks) => ticks is { } known ? FromStored(known) : null;

    /// <summary>Whole hours since 1970-01-01 UTC.</summary>
    public static long HourOf(DateTimeOffset time) => (long)Math.Floor((time - DateTimeOffset.UnixEpoch).TotalHours);
}
