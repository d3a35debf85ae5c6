using System.Collections;
using Shouldly;
using Tidemark.Composition.Configuration;
using Tidemark.Scheduling;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Scheduling;

/// <summary>From the configuration to jobs, each with what its mode promises; every mistake is told at once.</summary>
public sealed class ScheduleSettingsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-unit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sources_have_times_of_their_own_and_the_others_one_together()
    {
        var jobs = Load("""
            {
              "sources": [
                { "path": "live", "schedule": "realtime" }, { "path": "half", "schedule": "every 30s" }, { "path": "night", "schedule": "0 3 * * *" },
                "a", "b.jsonl"
              ],
              "watch": { "completeSeconds": 120 },
              "schedules": { "sync": "0 * * * *", "gc": "30 4 * * 0", "timeZone": "Europe/Berlin", "jitterSeconds": 10 }
            }
            """).Schedules.Jobs;

        jobs.Select(job => (job.Name, job.Mode, job.When.Text, job.Zone, string.Join('+', job.Sources), job.PromiseAt(Now)?.TotalSeconds)).ShouldBe(
        [
            ("sync live", JobMode.RealTime, "every 5s", null, "live", 120 + 70),
            ("sync half", JobMode.MicroBatch, "every 30s", null, "half", 30 + 70),
            ("sync night", JobMode.Batch, "0 3 * * *", "Europe/Berlin", "night", 86_400 + 3_600 + 70), // the night in which clocks go back
            ("sync", JobMode.Batch, "0 * * * *", "Europe/Berlin", "a+b.jsonl", 3_600 + 70),
            ("gc", JobMode.Batch, "30 4 * * 0", "Europe/Berlin", "", null),
        ]);
    }

    [Fact]
    public void Without_any_nothing_is_done_by_itself() => Load("""{ "sources": ["docs"] }""").Schedules.Jobs.ShouldBeEmpty();

    [Fact]
    public void Every_mistake_is_told()
    {
        var mistakes = Should.Throw<ConfigurationException>(() => Load("""
            {
              "sources": [{ "path": "a.jsonl", "schedule": "realtime" }, { "path": "docs", "schedule": "sometimes" }],
              "schedules": { "sync": "0 3 * * *", "verify": "99 * * * *", "timeZone": "Europe/Atlantis", "expire": "realtime" }
            }
            """)).Mistakes;

        string[] told =
        [
            "'schedules.timeZone' is 'Europe/Atlantis'", "the source 'a.jsonl' is 'realtime'", "the source 'docs' is 'sometimes'",
            "'schedules.sync' is set, and there is no source", "'schedules.verify' is '99 * * * *'", "'schedules.expire' is 'realtime'",
        ];
        mistakes.Select(mistake => mistake.Message).Count(message => told.Any(message.Contains)).ShouldBe(told.Length);
        mistakes.ShouldAllBe(mistake => mistake.Remedy.Length > 0);
    }

    private TidemarkSettings Load(string json)
    {
        File.WriteAllText(Path.Combine(_folder, "tidemark.json"), json);
        return ConfigurationLoader.Load(_folder, new Hashtable(), new SettingLayer("the command line"));
    }
}
