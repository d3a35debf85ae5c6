using Shouldly;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Scheduling;
using Xunit;

namespace Tidemark.Core.Tests.Reporting;

/// <summary>What is said of jobs, and when it is an alert.</summary>
public sealed class JobReportTests
{
    private static readonly DateTimeOffset Now = new(2024, 5, 17, 12, 0, 0, TimeSpan.Zero);

    private static readonly JobTime Docs = new("sync docs", new Interval(TimeSpan.FromMinutes(15)), JobMode.MicroBatch)
    {
        Sources = ["docs"],
        Slack = TimeSpan.FromMinutes(5),
    };

    [Fact]
    public void What_nobody_has_ever_carried_out_is_overdue() =>
        Alerts(JobReport.Of(Docs, null, null, Now)).ShouldBe([AlertCodes.ScheduleOverdue]);

    [Fact]
    public void What_was_brought_in_step_by_hand_is_not_overdue_while_its_mode_promises_no_more()
    {
        Alerts(JobReport.Of(Docs, null, Now.AddMinutes(-20), Now)).ShouldBeEmpty();
        Alerts(JobReport.Of(Docs, null, Now.AddMinutes(-21), Now)).ShouldBe([AlertCodes.ScheduleOverdue, AlertCodes.FreshnessSource]);
    }

    [Fact]
    public void What_was_done_in_time_is_no_alert_and_says_how_fresh_its_source_is()
    {
        var report = JobReport.Of(Docs, Done(Now.AddMinutes(-10)), null, Now);

        Alerts(report).ShouldBeEmpty();
        (report.Age, report.Next, report.TimesADay).ShouldBe((TimeSpan.FromMinutes(10), Now.AddMinutes(5), 96));
    }

    [Fact]
    public void What_nobody_took_for_long_is_overdue_and_its_source_is_stale() =>
        Alerts(JobReport.Of(Docs, Done(Now.AddMinutes(-30)), null, Now)).ShouldBe([AlertCodes.ScheduleOverdue, AlertCodes.FreshnessSource]);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Two_minutes_of_grace_are_given(int ticks, bool isOverdue) =>
        JobReport.Of(Docs, Done(Now.AddMinutes(-17).AddTicks(-ticks)), null, Now).IsOverdue.ShouldBe(isOverdue);

    [Fact]
    public void Alerts_tell_who_is_late_by_how_much()
    {
        var old = Done(Now.AddMinutes(-30)) with { Result = new JobResult("failed", "away") };
        var left = new JobState("sync docs", Now.AddDays(-1)) { Holder = "h", HeldUntil = Now.AddMinutes(-3) };

        Messages(JobReport.Of(Docs, null, null, Now)).ShouldHaveSingleItem().ShouldStartWith("nobody has carried out 'sync docs' yet");
        Messages(JobReport.Of(Docs, left, Now, Now)).ShouldHaveSingleItem()
            .ShouldStartWith("whoever carried 'sync docs' out went 180 s ago, and nobody took it up");
        Messages(JobReport.Of(Docs, old, Now.AddMinutes(-21), Now)).ShouldBe(
        [
            "'sync docs' was due 900 s ago: is anybody doing such work (Jobs.RunAsync())?",
            "'sync docs' ended with 'failed': away",
            "'docs' was in step 1260 s ago; 'every 900s' promises 1200 s",
        ]);
        Messages(JobReport.Of(Docs with { Sources = ["a", "b"] }, Done(Now.AddMinutes(-1)), Now, Now)).ShouldBeEmpty();
        Messages(JobReport.Of(Docs with { Sources = ["a", "b"] }, old, Now.AddMinutes(-21), Now))[^1].ShouldStartWith("'a', 'b' were in step");
    }

    [Theory]
    [InlineData(-10, null, 10)]
    [InlineData(-10, -20, 10)]
    [InlineData(-20, -10, 10)]
    [InlineData(-10, 5, 0)]
    [InlineData(5, null, 0)]
    public void A_source_is_as_old_as_the_later_of_a_job_that_went_well_and_a_sync(int done, int? complete, int age)
    {
        var state = Done(Now.AddMinutes(done));
        DateTimeOffset? synced = complete is { } minutes ? Now.AddMinutes(minutes) : null;

        JobReport.Of(Docs, state, synced, Now).Age.ShouldBe(TimeSpan.FromMinutes(age));
        JobReport.Of(Docs with { Sources = [] }, state, null, Now).Age.ShouldBeNull("it brings nothing in step");
        JobReport.Of(Docs with { Mode = JobMode.RealTime }, state, null, Now).Age.ShouldBeNull("that it lived says nothing");
        JobReport.Of(Docs, state with { Result = new JobResult("failed", "away") }, null, Now).Age.ShouldBeNull();
        JobReport.Of(Docs, state with { EndedAt = null }, null, Now).Age.ShouldBeNull();
    }

    [Fact]
    public void What_is_promised_is_kept_at_its_very_end()
    {
        JobReport.Of(Docs, Done(Now), Now.AddMinutes(-20), Now).Promise.ShouldBe(TimeSpan.FromMinutes(20));
        var live = Docs with { Mode = JobMode.RealTime, Complete = TimeSpan.FromMinutes(15) };
        var held = new JobState("sync docs", Now.AddDays(-1)) { Holder = "h", HeldUntil = Now.AddSeconds(30) };

        JobReport.Of(live, held, Now.AddMinutes(-20), Now).ShouldSatisfyAllConditions(
            report => report.IsStale.ShouldBeFalse(), report => report.IsRunning.ShouldBeTrue(), report => report.Next.ShouldBeNull(),
            report => report.TimesADay.ShouldBe(0, "it is always there"));
    }

    [Fact]
    public void What_is_under_way_is_not_overdue_and_its_source_is_stale_for_all_that()
    {
        var held = Done(Now.AddMinutes(-30)) with { TakenAt = Now.AddMinutes(-15), EndedAt = null, Holder = "h", HeldUntil = Now.AddSeconds(30) };

        Alerts(JobReport.Of(Docs, held, Now.AddMinutes(-30), Now)).ShouldBe([AlertCodes.FreshnessSource]);
    }

    [Theory]
    [InlineData(JobMode.RealTime)]
    [InlineData(JobMode.MicroBatch)]
    public void What_was_left_by_whoever_had_it_is_overdue_once_nobody_took_it_up(JobMode mode)
    {
        var left = new JobState("sync docs", Now.AddDays(-1)) { Holder = "h", HeldUntil = Now.AddMinutes(-3) };

        Alerts(JobReport.Of(Docs with { Mode = mode, Complete = TimeSpan.FromMinutes(15) }, left, Now.AddMinutes(-1), Now)).ShouldBe([AlertCodes.ScheduleOverdue]);
        Alerts(JobReport.Of(Docs with { Mode = mode, Complete = TimeSpan.FromMinutes(15) }, left with { HeldUntil = Now.AddMinutes(-1) }, Now.AddMinutes(-1), Now)).ShouldBeEmpty();
    }

    [Fact]
    public void What_failed_is_told_with_its_reason()
    {
        var failed = Done(Now.AddMinutes(-1)) with { Result = new JobResult("failed", "no such folder [source.missing]; make it") };

        var report = JobReport.Of(Docs, failed, Now.AddMinutes(-2), Now);

        JobAlerts.Of([report], Now).ShouldHaveSingleItem().Message.ShouldBe("'sync docs' ended with 'failed': no such folder [source.missing]; make it");
        report.Age.ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void A_watcher_that_lives_is_no_proof_that_its_folder_is_in_step()
    {
        var live = Docs with { Mode = JobMode.RealTime, Complete = TimeSpan.FromMinutes(15) };
        var held = new JobState("sync docs", Now.AddDays(-1)) { Holder = "h", HeldUntil = Now.AddSeconds(30) };

        JobReport.Of(live, held, null, Now).Age.ShouldBeNull();
        JobReport.Of(live, held, Now.AddMinutes(-21), Now).IsStale.ShouldBeTrue();
    }

    [Fact]
    public void Several_sources_are_as_fresh_as_the_stalest_of_them()
    {
        RunRecord[] runs = [Run(Now.AddMinutes(-1), ["a"], complete: false), Run(Now.AddMinutes(-5), ["b"]), Run(Now.AddMinutes(-9), ["a", "b"])];

        JobReport.CompleteOf(runs, ["a", "b"]).ShouldBe(Now.AddMinutes(-9));
        JobReport.CompleteOf(runs, ["b"]).ShouldBe(Now.AddMinutes(-5));
        JobReport.CompleteOf(runs, ["b", "c"]).ShouldBeNull();
        JobReport.CompleteOf(runs, []).ShouldBeNull();
    }

    private static JobState Done(DateTimeOffset at) => new("sync docs", at) { EndedAt = at, Result = JobResult.Succeeded, Took = TimeSpan.FromSeconds(2) };

    private static RunRecord Run(DateTimeOffset ended, string[] sources, bool complete = true) => new()
    {
        Namespace = "n",
        Command = "sync",
        Sources = sources,
        StartedAt = ended,
        FinishedAt = ended,
        CompleteSync = complete,
    };

    private static List<string> Messages(JobReport report) => [.. JobAlerts.Of([report], Now).Select(alert => alert.Message)];

    private static IEnumerable<string> Alerts(JobReport report) => JobAlerts.Of([report], Now).Select(alert => alert.Code);
}
