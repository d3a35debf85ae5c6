using System.Globalization;
using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>
/// Times in records: RFC 3339, a date alone, or seconds since 1970. Without an offset they are UTC. What is finer than 100 ns
/// is cut: rounded up, a time would seem newer than it is.
/// </summary>
internal static class RecordTime
{
    public const string Expected = "a time (2026-01-31T12:00:00Z, 2026-01-31, or seconds since 1970)";

    /// <summary>Of a fraction of a second, down to the 100 ns that stores keep.</summary>
    private const int Digits = 7;

    public static DateTimeOffset? Parse(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Parse(value.GetString()!),
        JsonValueKind.Number => FromSeconds(value.GetRawText()),
        _ => null,
    };

    private static DateTimeOffset? Parse(string text) =>
        text is [_, _, _, _, '-', _, _, '-', _, _, ..]
        && char.IsAsciiDigit(text[0])
        && DateTimeOffset.TryParse(
            Cut(text),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : null;

    private static DateTimeOffset? FromSeconds(string number)
    {
        if (!decimal.TryParse(Cut(number), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return null;
        }

        var last = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
        var first = (DateTimeOffset.MinValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
        return seconds <= last && seconds >= first
            ? DateTimeOffset.UnixEpoch.AddTicks((long)decimal.Floor(seconds * TimeSpan.TicksPerSecond))
            : null;
    }

    /// <summary>
    /// Without the digits behind the seventh of a fraction. A power of ten needs them all; and below zero to cut would be to
    /// round up.
    /// </summary>
    private static string Cut(string number)
    {
        var start = number.StartsWith('-') ? 0 : number.IndexOf('.', StringComparison.Ordinal) + 1;
        var end = start;
        while (start > 0 && end < number.Length && char.IsAsciiDigit(number[end]))
        {
            end++;
        }

        return end - start <= Digits || (end < number.Length && number[end] is 'e' or 'E')
            ? number
            : string.Concat(number.AsSpan(0, start + Digits), number.AsSpan(end));
    }
}
