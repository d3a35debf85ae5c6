using Cronos;
using Tidemark.Scheduling;

namespace Tidemark.Composition.Scheduling;

/// <summary>
/// The times of a cron expression in a time zone. Where a time is left out by daylight saving it happens when the clocks have been moved; where an
/// hour comes twice, a time within it happens once, and an interval (<c>*/15</c>) in both.
/// </summary>
internal sealed class CronRecurrence(CronExpression expression, TimeZoneInfo zone, string text) : IRecurrence
{
    public string Text { get; } = text;

    public DateTimeOffset? NextAfter(DateTimeOffset instant) => expression.GetNextOccurrence(instant, zone)?.ToUniversalTime();
}
