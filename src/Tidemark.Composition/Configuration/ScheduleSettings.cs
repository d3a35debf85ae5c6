using Tidemark.Composition.Scheduling;
using Tidemark.Scheduling;

namespace Tidemark.Composition.Configuration;

/// <summary>What is done again and again by <c>serve</c> and <c>worker</c>.</summary>
/// <param name="Jobs">Each with its time.</param>
/// <param name="Jitter">So much later at most each begins.</param>
internal sealed record ScheduleSettings(IReadOnlyList<JobTime> Jobs, TimeSpan Jitter)
{
    public const string Sync = "sync", Verify = "verify", Expire = "expire", Collect = "gc", Golden = "golden";

    /// <summary>Whoever is asked for something at a time may come so much later.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private static readonly (string Job, string Path)[] Settings =
    [
        (Sync, SettingPaths.ScheduleSync), (Verify, SettingPaths.ScheduleVerify), (Expire, SettingPaths.ScheduleExpire),
        (Collect, SettingPaths.ScheduleCollect), (Golden, SettingPaths.ScheduleGolden),
    ];

    /// <summary>The settings.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Table =
    [
        new(SettingPaths.ScheduleSync, SettingKind.Text,
            "When `serve` and `worker` sync the sources that have no `schedule` of their own, in one run: five fields of cron (`*/15 * * * *`), or an "
            + "interval (`every 30s`, `every 5m`). Unset: not by themselves."),
        new(SettingPaths.ScheduleVerify, SettingKind.Text, "When they compare records, embeddings and indexes, as `verify` does. What differs is an alert of `status`."),
        new(SettingPaths.ScheduleExpire, SettingKind.Text, "When they close what has expired, as `expire` does."),
        new(SettingPaths.ScheduleCollect, SettingKind.Text, "When they remove what nothing needs any more, as `gc` does."),
        new(SettingPaths.ScheduleGolden, SettingKind.Text, "When they ask the golden queries, as `golden run` does."),
        new(SettingPaths.ScheduleZone, SettingKind.Text, "The time zone of all of these times: `Europe/Berlin`.") { Default = "UTC" },
        new(SettingPaths.ScheduleJitter, SettingKind.Number,
            "Each begins so much later at most, at random, so that many services do not ask for something at once.")
        {
            Default = "5", Minimum = 0, Maximum = 3_600,
        },
    ];

    /// <summary>Every mistake goes to <paramref name="mistakes"/>.</summary>
    public static ScheduleSettings Bind(SettingValues values, IReadOnlyList<SourceSettings> sources, ICollection<ConfigurationMistake> mistakes)
    {
        var jitter = TimeSpan.FromSeconds(values.Number(SettingPaths.ScheduleJitter) ?? 5);
        var id = values.Text(SettingPaths.ScheduleZone) ?? "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            mistakes.Add(new($"'{SettingPaths.ScheduleZone}' is '{id}', and this machine knows no such time zone", "name one as 'Europe/Berlin', or 'UTC'"));
            zone = TimeZoneInfo.Utc;
        }

        var complete = TimeSpan.FromSeconds(values.Number(SettingPaths.WatchComplete) ?? 600);
        var reader = new Reader(zone, jitter, complete, mistakes);
        var jobs = new List<JobTime>();
        foreach (var source in sources.Where(source => source.Schedule is not null))
        {
            jobs.AddRange(reader.Read(
                $"{Sync} {source.Name}", $"the 'schedule' of the source '{source.Name}'", source.Schedule!, [source.Name], source.Type == SourceType.Directory));
        }

        string[] others = [.. sources.Where(source => source.Schedule is null).Select(source => source.Name)];
        foreach (var (job, path) in Settings)
        {
            if (values.Text(path) is not { } text)
            {
                continue;
            }

            if (job == Sync && others.Length == 0)
            {
                mistakes.Add(new($"'{path}' is set, and there is no source that it is about", "configure 'sources' that have no 'schedule' of their own, or leave it out"));
                continue;
            }

            jobs.AddRange(reader.Read(job, $"'{path}'", text, job == Sync ? others : [], isFolder: false));
        }

        return new ScheduleSettings(jobs, jitter);
    }

    private sealed class Reader(TimeZoneInfo zone, TimeSpan jitter, TimeSpan complete, ICollection<ConfigurationMistake> mistakes)
    {
        public IEnumerable<JobTime> Read(string job, string place, string text, string[] sources, bool isFolder)
        {
            if (ScheduleText.Parse(text, zone) is not var (mode, when) || (mode == JobMode.RealTime && !isFolder))
            {
                mistakes.Add(new($"{place} is '{text}'", ScheduleText.Expectation(isFolder)));
                return [];
            }

            return
            [
                new JobTime(job, when, mode)
                {
                    Zone = mode == JobMode.Batch ? zone.Id : null,
                    Sources = sources,
                    Complete = mode == JobMode.RealTime ? complete : null,
                    Slack = jitter + Grace,
                },
            ];
        }
    }
}
