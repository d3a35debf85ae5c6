using System.Globalization;
using Tidemark.Documents;

namespace Tidemark.Syncing;

/// <summary>
/// Times that lie so far ahead that a clock or a field must be wrong. They are taken, since nobody knows better, but said:
/// every true time would be older. Pure.
/// </summary>
internal static class ClockRule
{
    /// <summary>Farther ahead than clocks and time zones differ by honest mistakes.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    /// <summary>From when on a time is too far ahead.</summary>
    public static DateTimeOffset LatestOf(DateTimeOffset now) =>
        now < DateTimeOffset.MaxValue - Tolerance ? now + Tolerance : DateTimeOffset.MaxValue;

    /// <param name="item">How a person finds it.</param>
    /// <returns>Null: nothing is odd.</returns>
    public static ItemWarning? Look(string item, Decision decision, DateTimeOffset now)
    {
        var latest = LatestOf(now);
        if (decision is { Verdict: not Verdict.Outdated, Time: { } time } && time > latest)
        {
            return new ItemWarning(
                item,
                ErrorCodes.VersionAhead,
                $"'{decision.Id}' came with the time '{Show(time)}', which is ahead of the clock ('{Show(now)}')",
                "mend the clock or the field that it comes from; until then every true time counts as older, and "
                + "a sync of its source with SyncOptions.IgnoreVersions takes what is there all the same");
        }

        return decision is { Verdict: Verdict.Outdated, StoredTime: { } stored } && stored > latest
            ? new ItemWarning(
                item,
                ErrorCodes.VersionAhead,
                $"'{decision.Id}' was refused as older than what is stored, whose time '{Show(stored)}' is ahead of the clock",
                "sync its source with SyncOptions.IgnoreVersions, which takes what is there")
            : null;
    }

    private static string Show(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
