using Tidemark.Documents;

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
    /// <param name="ticks">As they were read.</param>
    /// <param name="thing">What is damaged where they are no time, as a sentence names it: a document's id, or a table.</param>
    /// <param name="column">Where they stand.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there is no such time.</exception>
    public static DateTimeOffset FromStored(long ticks, string thing, string column) => StoredValue.IsTime(ticks)
        ? new DateTimeOffset(ticks + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero)
        : throw StoredValue.Damaged(thing, $"its '{column}' ({ticks}) is no time");

    /// <summary>The same; null stays null.</summary>
    public static DateTimeOffset? FromStored(long? ticks, string thing, string column) =>
        ticks is { } known ? FromStored(known, thing, column) : null;

    /// <summary>The same for those who can do without: null where there is no such time.</summary>
    public static DateTimeOffset? Known(long? ticks) =>
        ticks is { } known && StoredValue.IsTime(known) ? new DateTimeOffset(known + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero) : null;

    /// <summary>Whole hours since 1970-01-01 UTC.</summary>
    public static long HourOf(DateTimeOffset time) => (long)Math.Floor((time - DateTimeOffset.UnixEpoch).TotalHours);
}
