using System.Globalization;
using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>Times in records: RFC 3339, a date alone, or seconds since 1970. Without an offset they are UTC.</summary>
internal static class RecordTime
{
    public const string Expected = "a time (2026-01-31T12:00:00Z, 2026-01-31, or seconds since 1970)";

    public static DateTimeOffset? Parse(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Parse(value.GetString()!),
        JsonValueKind.Number when value.TryGetDecimal(out var seconds) => FromSeconds(seconds),
        _ => null,
    };

    private static DateTimeOffset? Parse(string text) =>
        text is [_, _, _, _, '-', _, _, '-', _, _, ..]
        && char.IsAsciiDigit(text[0])
        && DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : null;

    private static DateTimeOffset? FromSeconds(decimal seconds)
    {
        var last = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
        var first = (DateTimeOffset.MinValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
        return seconds <= last && seconds >= first
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
    }
}
