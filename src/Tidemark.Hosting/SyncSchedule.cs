using Tidemark.Composition.Scheduling;
using Tidemark.Scheduling;
using Tidemark.Syncing;

namespace Tidemark.Hosting;

/// <summary>When a hosted sync runs, and what it is asked for.</summary>
/// <param name="When">Its times.</param>
public sealed record SyncSchedule(IRecurrence When)
{
    /// <summary>Also once when the host starts; otherwise the first time is the next one of the schedule.</summary>
    public bool AtStart { get; init; } = true;

    /// <summary>What each run is asked for; by default the sources that were added to the index.</summary>
    public SyncOptions Options { get; init; } = new();

    /// <summary>So long after the last one ended.</summary>
    public static SyncSchedule Every(TimeSpan length) => new(new Interval(length));

    /// <summary>Five fields of cron (<c>*/15 * * * *</c>, <c>0 3 * * 1-5</c>) or an interval (<c>every 30s</c>).</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="zone">In which times of the day are meant; null: UTC.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: it is neither.</exception>
    public static SyncSchedule Parse(string text, TimeZoneInfo? zone = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return ScheduleText.Parse(text, zone ?? TimeZoneInfo.Utc) is { Mode: not JobMode.RealTime } found
            ? new SyncSchedule(found.When)
            : throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid, $"'{text}' is no schedule", ScheduleText.Expectation(isFolder: false));
    }
}
