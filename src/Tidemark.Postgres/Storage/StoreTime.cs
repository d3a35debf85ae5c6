namespace Tidemark.Postgres.Storage;

/// <summary>Times as the store keeps them: ticks of 100 ns since 1970-01-01 UTC, so that none is rounded.</summary>
internal static class StoreTime
{
    public static long ToStored(this DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static long? ToStored(this DateTimeOffset? time) => time?.ToStored();

    public static DateTimeOffset FromStored(long ticks) =>
        new(ticks + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);

    public static DateTimeOffset? FromStored(long? ticks) => ticks is { } known ? FromStored(known) : null;

    /// <summary>Hours since 1970-01-01 UTC.</summary>
    public static long HourOf(DateTimeOffset time) => (long)Math.Floor((time - DateTimeOffset.UnixEpoch).TotalHours);
}
