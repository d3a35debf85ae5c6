using Cronos;
using Tidemark.Scheduling;
using Tidemark.Wire;

namespace Tidemark.Composition.Scheduling;

/// <summary>Reads when something is done: <c>*/15 * * * *</c>, <c>every 30s</c>, <c>realtime</c>.</summary>
internal static class ScheduleText
{
    public const string Realtime = "realtime";

    private const string Every = "every ";

    /// <summary>What is followed in real time begins again after so long where it cannot go on.</summary>
    private static readonly Interval Again = new(TimeSpan.FromSeconds(5));

    /// <summary>A day is the longest interval: what is rarer has a time of the day.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <returns>Null: it is none of them.</returns>
    public static (JobMode Mode, IRecurrence When)? Parse(string text, TimeZoneInfo zone) =>
        text == Realtime ? (JobMode.RealTime, Again)
        : text.StartsWith(Every, StringComparison.Ordinal) ? IntervalOf(text[Every.Length..]) is { } interval ? (JobMode.MicroBatch, interval) : null
        : CronExpression.TryParse(text, CronFormat.Standard, out var cron) ? (JobMode.Batch, new CronRecurrence(cron, zone, text))
        : null;

    /// <summary>For remedies.</summary>
    public static string Expectation(bool isFolder) => isFolder
        ? "make it five fields of cron as '*/15 * * * *' or '0 3 * * 1-5', an interval as 'every 30s' or 'every 5m', or 'realtime'"
        : "make it five fields of cron as '*/15 * * * *' or '0 3 * * 1-5', or an interval as 'every 30s' or 'every 5m'";

    private static Interval? IntervalOf(string text) =>
        text is [.., 's' or 'm' or 'h'] && PeriodText.Find(text) is { } period && period > TimeSpan.Zero && period <= Longest ? new Interval(period) : null;
}
