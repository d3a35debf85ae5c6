using System.Globalization;

namespace Tidemark.Indexing;

/// <summary>A date of metadata: a moment, or all of a day, month or year. Without a zone it is UTC.</summary>
/// <param name="Start">Its first moment, in ticks of UTC.</param>
/// <param name="End">The first moment after it.</param>
internal readonly record struct MetadataMoment(long Start, long End)
{
    private static readonly string[] Parts = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    /// <returns>Null: this is no date.</returns>
    public static MetadataMoment? Of(string text)
    {
        if (text.Length < 4 || text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9') || (text.Length > 4 && text[4] != '-'))
        {
            return null;
        }

        if (text.Length <= 10)
        {
            return DateTime.TryParseExact(text, Parts, CultureInfo.InvariantCulture, DateTimeStyles.None, out var part)
                ? new MetadataMoment(part.Ticks, EndOf(part, text.Length))
                : null;
        }

        return text[10] is 'T' or 't' or ' ' && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? new MetadataMoment(moment.UtcTicks, moment.UtcTicks + 1)
            : null;
    }

    /// <returns>Less than 0: it begins before <paramref name="bound"/>; 0: within it; greater than 0: after it.</returns>
    public int ComparedTo(MetadataMoment bound) => Start < bound.Start ? -1 : Start < bound.End ? 0 : 1;

    private static long EndOf(DateTime start, int length) => (start.Year, length) switch
    {
        (9999, _) => long.MaxValue,
        (_, 4) => start.AddYears(1).Ticks,
        (_, 7) => start.AddMonths(1).Ticks,
        _ => start.AddDays(1).Ticks,
    };
}
