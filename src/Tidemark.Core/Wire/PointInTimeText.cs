using System.Globalization;
using Tidemark.Records;

namespace Tidemark.Wire;

/// <summary>Moments of the past as people type them: the number of a run, or a time.</summary>
public static class PointInTimeText
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Without an offset a time is UTC; a date alone is its first moment.</summary>
    /// <returns>Null: it is neither.</returns>
    public static PointInTime? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var run))
        {
            return run > 0 ? PointInTime.AfterRun(run) : null;
        }

        return DateTimeOffset.TryParseExact(
            text.ToUpperInvariant(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? PointInTime.At(time)
            : null;
    }
}
