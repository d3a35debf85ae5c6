using System.Globalization;
using Shouldly;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Tests.Reporting;

public sealed class AlertRulesTests
{
    [Theory]
    [InlineData(79, 100, false)]
    [InlineData(80, 100, true)]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, true)]
    [InlineData(500, null, false)]
    public void The_months_budget_alerts_at_its_share(int spent, int? budget, bool alerts)
    {
        var paid = new LedgerSum(new EmbeddingUsage(1, 1, 1), 1, spent, 0);

        var alert = AlertRules.OfBudget(new CostReport(new LedgerMonth(24_000), paid, budget), 0.8);

        (alert?.Code).ShouldBe(alerts ? AlertCodes.MonthlyBudget : null);
    }

    [Theory]
    [InlineData(1, "1 change waits in the queue")]
    [InlineData(2, "2 changes wait in the queue")]
    public void Numbers_agree_with_what_they_count(int waiting, string said) =>
        AlertRules.OfQueue(new QueueCounts(waiting, 0, 0), most: 0)!.Message.ShouldStartWith(said);

    [Fact]
    public void A_time_ahead_of_the_clock_alerts_with_the_way_out()
    {
        AlertRules.OfClock(DocumentFigures.None).ShouldBeNull();
        var alert = AlertRules.OfClock(new DocumentFigures(0, 1, "notes/a"))!;
        alert.Code.ShouldBe(AlertCodes.VersionAhead);
        alert.Message.ShouldContain("'notes/a'");
        alert.Message.ShouldContain("SyncOptions.IgnoreVersions");
    }

    [Theory]
    [InlineData(RunOutcome.Failed, 0, true)]
    [InlineData(RunOutcome.Partial, 5, false)]
    [InlineData(RunOutcome.Partial, 6, true)]
    [InlineData(RunOutcome.Succeeded, 0, false)]
    public void Failures_alert_beyond_their_rate(RunOutcome outcome, int failed, bool alerts) =>
        (AlertRules.OfErrors(Run(outcome, seen: 100, skipped: 0, failed: failed), 0.05)?.Code)
            .ShouldBe(alerts ? AlertCodes.ErrorRate : null);

    [Theory]
    [InlineData(RunOutcome.Guarded, true)]
    [InlineData(RunOutcome.Partial, false)]
    [InlineData(RunOutcome.Succeeded, false)]
    public void Deletions_that_were_held_back_alert(RunOutcome outcome, bool alerts) =>
        (AlertRules.OfGuard(Run(outcome, seen: 1, skipped: 0))?.Code).ShouldBe(alerts ? AlertCodes.DeletionsHeld : null);

    [Theory]
    [InlineData(3000, 900, false)]
    [InlineData(3000, 1100, true)]
    [InlineData(1100, 1100, false)]
    [InlineData(900, 500, false)]
    public void An_index_that_was_large_alerts_when_it_grows(int chunks, int added, bool alerts)
    {
        var run = RunFigures.Of(Run(RunOutcome.Succeeded, seen: 10, skipped: 0, chunks: added));

        (AlertRules.OfGrowth(chunks, [run], 0.5)?.Code).ShouldBe(alerts ? AlertCodes.IndexGrowth : null);
    }

    [Fact]
    public void A_queue_alerts_when_it_is_long_or_late_or_has_dead_letters()
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(1);
        var queue = new QueueCounts(Pending: 8, Leased: 3, Dead: 1) { OldestAt = now.AddMinutes(-10) };

        AlertRules.OfQueue(queue, 10)!.Code.ShouldBe(AlertCodes.QueueDepth);
        AlertRules.OfQueue(queue, 11).ShouldBeNull();
        AlertRules.OfDeadLetters(queue)!.Code.ShouldBe(AlertCodes.QueueDead);
        AlertRules.OfDeadLetters(QueueCounts.None).ShouldBeNull();
        AlertRules.OfWaiting(queue, now, TimeSpan.FromMinutes(9))!.Code.ShouldBe(AlertCodes.FreshnessSla);
        AlertRules.OfWaiting(queue, now, TimeSpan.FromMinutes(10)).ShouldBeNull();
        AlertRules.OfWaiting(QueueCounts.None, now, TimeSpan.Zero).ShouldBeNull();
    }

    [Theory]
    [InlineData(10, 4, true)]
    [InlineData(60, 4, false)]
    [InlineData(10, 2, false)]
    public void A_skip_rate_alerts_when_it_drops_far_below_the_usual(int skipped, int earlier, bool alerts)
    {
        RunFigures[] runs =
        [
            RunFigures.Of(Run(RunOutcome.Succeeded, seen: 100, skipped)),
            .. Enumerable.Range(0, earlier).Select(_ => RunFigures.Of(Run(RunOutcome.Succeeded, seen: 100, skipped: 98))),
        ];

        (AlertRules.OfSkipRate(runs, 0.5)?.Code).ShouldBe(alerts ? AlertCodes.SkipRate : null);
    }

    [Fact]
    public void A_run_without_a_report_has_no_figures_but_its_time()
    {
        var killed = Run(RunOutcome.Failed, 0, 0) with { ReportJson = null };

        var figures = RunFigures.Of(killed);

        (figures.Seen, figures.SkipRate, figures.Cost).ShouldBe((0, null, null));
        figures.Elapsed.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void What_lies_ahead_of_the_clock_alerts_until_the_next_run()
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(1);
        var run = Run(RunOutcome.Succeeded, seen: 1, skipped: 1);
        var ahead = run with { FinishedAt = now.AddHours(2) };

        AlertRules.OfClockStep(run, now.AddSeconds(59), QueueCounts.None, now).ShouldBeNull();
        AlertRules.OfClockStep(ahead, null, QueueCounts.None, now)!.Message.ShouldContain("run 1 lies 7200 s ahead");
        AlertRules.OfClockStep(run, now.AddHours(1), QueueCounts.None, now)!.Code.ShouldBe(AlertCodes.ClockWentBack);
        AlertRules.OfClockStep(null, null, new QueueCounts(1, 0, 0) { OldestAt = now.AddDays(1) }, now).ShouldNotBeNull();
        RunFigures.Of(run with { StartedAt = now, FinishedAt = now.AddHours(-1), ReportJson = null }).Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_failed_run_keeps_why_it_failed_and_its_alert_says_it()
    {
        var report = """{"documents":{"seen":3,"skipped":3},"error":{"code":"embedding.key","message":"no key","remedy":"set one"}}""";
        var failed = Run(RunOutcome.Failed, 0, 0) with { ReportJson = report };

        RunFigures.Of(failed).Failure.ShouldBe(new RunFailure("embedding.key", "no key", "set one"));
        AlertRules.OfErrors(failed, 0.05)!.Message.ShouldBe("run 1 failed: no key [embedding.key]; set one");
        var killed = AlertRules.OfErrors(failed with { ReportJson = null }, 0.05)!.Message;
        killed.ShouldContain("[run.lost]");
        killed.ShouldContain("killed");
    }

    [Theory]
    [InlineData(RunOutcome.Cancelled)]
    [InlineData(RunOutcome.Budget)]
    [InlineData(RunOutcome.Failed)]
    public void A_run_that_did_not_get_through_its_sources_has_no_skip_rate(RunOutcome outcome) =>
        RunFigures.Of(Run(outcome, seen: 28, skipped: 28)).SkipRate.ShouldBeNull();

    private static RunRecord Run(RunOutcome outcome, int seen, int skipped, int failed = 0, int chunks = 0) => new()
    {
        Id = 1,
        Namespace = "default",
        Command = "sync",
        Sources = [],
        StartedAt = DateTimeOffset.UnixEpoch,
        FinishedAt = DateTimeOffset.UnixEpoch.AddSeconds(3),
        Outcome = outcome,
        ReportJson = string.Create(CultureInfo.InvariantCulture, $$$"""
            {"documents":{"seen":{{{seen}}},"skipped":{{{skipped}}},"failed":{{{failed}}}},"chunks":{"added":{{{chunks}}},"deleted":0}}
            """),
    };
}
