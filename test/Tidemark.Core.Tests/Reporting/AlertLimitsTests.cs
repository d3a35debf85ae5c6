using System.Globalization;
using Shouldly;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Core.Tests.Reporting;

/// <summary>At which figure an alert begins, and the figures that it tells.</summary>
public sealed class AlertLimitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData(901.0, 1.0, "5 % of the changes took longer than 901 s to be found; the limit is 900 s")]
    [InlineData(900.0, 1000.0, "the last complete sync ended 1000 s ago; the limit is 900 s")]
    [InlineData(null, 1000.5, "the last complete sync ended 1000.5 s ago; the limit is 900 s")]
    [InlineData(1.0, null, "no sync has been complete yet; the limit is 900 s")]
    public void What_is_late_is_told_and_nothing_before_it_is(double? p95, double? age, string said)
    {
        var late = new FreshnessReport(Limit, TimeSpan.FromDays(1), 9, null, Seconds(p95), null, Seconds(age), Breached: true);

        AlertRules.OfFreshness(late).ShouldBe(new Alert(AlertCodes.FreshnessSla, said));
        AlertRules.OfFreshness(late with { Breached = false }).ShouldBeNull();
    }

    [Fact]
    public void Premium_documents_are_told_of_only_by_what_they_took()
    {
        var late = new FreshnessReport(Limit, TimeSpan.FromDays(1), 9, null, TimeSpan.FromSeconds(901), null, null, Breached: true);

        AlertRules.OfPremium(late).ShouldBe(new Alert(
            AlertCodes.FreshnessPremium, "5 % of the changes of premium documents took longer than 901 s to be found; the limit is 900 s"));
        AlertRules.OfPremium(late with { P95 = null }).ShouldBeNull();
        AlertRules.OfPremium(late with { Breached = false }).ShouldBeNull();
        AlertRules.OfPremium(null).ShouldBeNull();
    }

    [Theory]
    [InlineData("80", "100", "$80.00 of this month's $100.00 are spent (80 %)")]
    [InlineData("0.1234", "0.1", "$0.1234 of this month's $0.10 are spent (123.4 %)")]
    [InlineData("1", "0", "$1.00 of this month's $0.00 are spent")]
    public void A_budget_tells_what_is_spent_of_it(string spent, string budget, string said)
    {
        var paid = new LedgerSum(new EmbeddingUsage(1, 1, 1), 1, decimal.Parse(spent, CultureInfo.InvariantCulture), 0);

        AlertRules.OfBudget(new CostReport(new LedgerMonth(24_000), paid, decimal.Parse(budget, CultureInfo.InvariantCulture)), 0.8)!
            .Message.ShouldBe(said);
    }

    [Fact]
    public void A_run_tells_how_much_of_it_failed()
    {
        AlertRules.OfErrors(null, 0).ShouldBeNull();
        AlertRules.OfErrors(Run("""{"documents":{"seen":100,"failed":6}}"""), 0.05)!.Message
            .ShouldBe("6 of the 100 items that run 7 saw failed; the limit is 5 %");
        AlertRules.OfErrors(Run("{}") with { Outcome = RunOutcome.Failed }, 0.05)!.Message.ShouldBe("run 7 failed");
    }

    [Fact]
    public void A_folder_that_went_elsewhere_is_told_otherwise_than_deletions_that_were_held()
    {
        var guarded = Run("{}") with { Outcome = RunOutcome.Guarded };

        AlertRules.OfGuard(guarded)!.Message.ShouldSatisfyAllConditions(
            said => said.ShouldStartWith("run 7 held deletions back"), said => said.ShouldContain("DeletionGuard.Off"));
        AlertRules.OfGuard(guarded with { ReportJson = """{"guard":{"source":"docs","movedFrom":"/old"}}""" })!.Message.ShouldSatisfyAllConditions(
            said => said.ShouldStartWith("run 7 took nothing of 'docs', which was in '/old' before"), said => said.ShouldContain("SyncOptions.SourceName"));
        AlertRules.OfGuard(null).ShouldBeNull();
    }

    [Theory]
    [InlineData(1501, 501, 0, true)]
    [InlineData(1500, 500, 0, false)]
    [InlineData(1500, 501, 0, false)]
    [InlineData(1501, 601, 100, true)]
    [InlineData(1600, 900, 400, false)]
    public void Growth_is_what_all_runs_together_added_and_left(long chunks, int added, int deleted, bool alerts)
    {
        RunFigures[] runs =
        [
            RunFigures.Of(Run($$$"""{"chunks":{"added":{{{added}}}}}""")), RunFigures.Of(Run($$$"""{"chunks":{"deleted":{{{deleted}}}}}""")),
        ];

        AlertRules.OfGrowth(chunks, runs, 0.5)?.Message.ShouldBe("the index grew by 50.1 %, from 1000 to 1501 chunks; the limit is 50 %");
        (AlertRules.OfGrowth(chunks, runs, 0.5) is not null).ShouldBe(alerts);
    }

    [Theory]
    [InlineData(901, 2, "2 changes wait for 'chroma:x', the oldest for 901 s; the limit is 900 s")]
    [InlineData(900, 2, null)]
    [InlineData(901, 0, null)]
    [InlineData(null, 2, null)]
    public void An_index_elsewhere_lags_by_its_oldest_change(int? seconds, long pending, string? said)
    {
        var index = Backlog(pending, Seconds(seconds));

        (AlertRules.OfLag(index, Run("{}"), Now, Limit)?.Message).ShouldBe(said);
        (AlertRules.OfLag(index, run: null, Now, Limit)?.Message).ShouldBe(said);
        (AlertRules.OfLag(index, Run("""{"index":{"pending":3,"location":"chroma:x"}}"""), Now, Limit)?.Message).ShouldBe(said, "why it waits is not known");
    }

    [Fact]
    public void What_could_not_be_delivered_is_told_at_once_with_its_reason()
    {
        var run = Run("""{"index":{"pending":3,"error":{"code":"index.unavailable","message":"away","remedy":"see to it"}}}""");

        AlertRules.OfLag(Backlog(1, TimeSpan.Zero), run, Now, Limit).ShouldBe(new Alert(
            AlertCodes.IndexLag, "1 change waits for 'chroma:x', which run 7 could not deliver: away [index.unavailable]; see to it"));
        AlertRules.OfLag(null, run, Now, Limit).ShouldBeNull();
    }

    [Theory]
    [InlineData(ErrorCodes.IndexMissing, true)]
    [InlineData(ErrorCodes.IndexForeign, true)]
    [InlineData(ErrorCodes.IndexUnavailable, false)]
    public void An_index_that_is_gone_or_another_s_is_told_with_the_way_out(string code, bool alerts)
    {
        var fault = new TidemarkException(code, "it is not there", "make it");

        (AlertRules.OfFault(Backlog(0, null), fault)?.Message).ShouldBe(alerts ? $"it is not there [{code}]; make it" : null);
        AlertRules.OfFault(null, fault).ShouldBeNull();
        AlertRules.OfFault(Backlog(0, null), fault: null).ShouldBeNull();
    }

    [Theory]
    [InlineData(true, 100, 25, 100, 75, 75, 75)]
    [InlineData(false, 100, 25, 100, 75, 75)]
    [InlineData(false, 100, 25, 19, 75, 75, 75, 75)]
    [InlineData(true, 100, 25, 20, 75, 75, 75)]
    [InlineData(false, 19, 0, 100, 75, 75, 75)]
    [InlineData(true, 20, 0, 100, 75, 75, 75)]
    [InlineData(true, 100, 25, 100, 80, 10, 80)]
    [InlineData(true, 100, 25, 100, 80, 80, 10, 10)]
    [InlineData(false, 100, 25, 100, 80, 10, 10)]
    [InlineData(false, 100, 25, 100, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80)]
    public void A_skip_rate_is_compared_with_the_middle_of_ten_runs_of_some_size(bool alerts, int seen, int percent, int seenBefore, params int[] before)
    {
        RunFigures[] runs = [Skipping(seen, percent), .. before.Select(one => Skipping(seenBefore, one))];

        (AlertRules.OfSkipRate(runs, 0.49) is not null).ShouldBe(alerts);
    }

    [Fact]
    public void A_skip_rate_tells_both_and_the_limit_itself_is_no_fall()
    {
        RunFigures[] runs = [Skipping(100, 25), Skipping(100, 75), Skipping(100, 75), Skipping(100, 75)];

        AlertRules.OfSkipRate(runs, 0.49).ShouldBe(new Alert(
            AlertCodes.SkipRate, "the last run could skip 25 % of the documents, usually it is 75 %"));
        AlertRules.OfSkipRate(runs, 0.5).ShouldBeNull();
        AlertRules.OfSkipRate([], 0.5).ShouldBeNull();
        AlertRules.OfSkipRate([RunFigures.Of(Run("""{"documents":{"seen":100}}""") with { Outcome = RunOutcome.Budget }), .. runs[1..]], 0.49).ShouldBeNull();
    }

    [Theory]
    [InlineData(2, null, null, "the clock went back: run 7 lies 7200 s ahead of it")]
    [InlineData(0, 3, null, "the clock went back: the last complete sync lies 10800 s ahead of it")]
    [InlineData(null, null, 4, "the clock went back: the oldest change in the queue lies 14400 s ahead of it")]
    public void What_lies_ahead_of_the_clock_is_named(int? run, int? sync, int? queued, string said)
    {
        var known = run is { } hours ? Run("{}") with { StartedAt = Now.AddHours(hours), FinishedAt = null } : null;
        var queue = QueueCounts.None with { OldestAt = queued is { } ahead ? Now.AddHours(ahead) : null };

        AlertRules.OfClockStep(known, sync is { } of ? Now.AddHours(of) : null, queue, Now)!.Message
            .ShouldBe(said + "; how old things are is known again after the next sync");
    }

    [Theory]
    [InlineData(1, 0, "1 change waits in the queue, and whoever tried last could not carry it out: away [x.y]; wait")]
    [InlineData(0, 1, "1 change waits in the queue, and whoever tried last could not carry it out: away [x.y]; wait")]
    [InlineData(2, 1, "3 changes wait in the queue, and whoever tried last could not carry them out: away [x.y]; wait")]
    [InlineData(0, 0, null)]
    public void A_worker_s_trouble_is_told_while_something_waits(long pending, long leased, string? said)
    {
        var queue = new QueueCounts(pending, leased, 0);

        (AlertRules.OfWorker(queue, new RunFailure("x.y", "away", "wait"))?.Message).ShouldBe(said);
        AlertRules.OfWorker(queue, failure: null).ShouldBeNull();
    }

    [Fact]
    public void A_queue_tells_its_figures()
    {
        var queue = new QueueCounts(Pending: 8, Leased: 3, Dead: 2) { OldestAt = Now.AddSeconds(-901) };

        AlertRules.OfWaiting(queue, Now, Limit)!.Message.ShouldStartWith("a change has waited in the queue for 901 s; the limit is 900 s");
        AlertRules.OfQueue(queue, 10)!.Message.ShouldBe("11 changes wait in the queue; the limit is 10: start more workers");
        AlertRules.OfDeadLetters(queue)!.Message.ShouldStartWith("2 queued changes were given up");
        AlertRules.OfDeadLetters(queue with { Dead = 1 })!.Message.ShouldStartWith("1 queued change was given up");
        AlertRules.OfClock(new DocumentFigures(0, 2, "a"))!.Message.ShouldStartWith("the time of 2 documents is ahead of the clock ('a')");
    }

    [Fact]
    public void Nobody_at_the_queue_is_told_after_five_minutes()
    {
        AlertRules.OfSilence(Now.AddMinutes(-5).AddTicks(-1), Now)!.ShouldSatisfyAllConditions(
            alert => alert.Code.ShouldBe(AlertCodes.QueueSilent), alert => alert.Message.ShouldContain(" 300 s"));
        AlertRules.OfSilence(Now.AddMinutes(-5), Now).ShouldBeNull();
        AlertRules.OfSilence(null, Now).ShouldBeNull();
    }

    [Fact]
    public void What_was_not_forgotten_to_the_end_is_told_with_its_time()
    {
        var forgotten = new Safeguard(SafeguardKind.Forgotten, SafeguardScope.Document, "sha256:00", "", Now);
        var secret = StoreSecret.Make();

        AlertRules.OfForgetting(Suppressions.Of(secret, [forgotten])).ShouldBeNull();
        AlertRules.OfForgetting(Suppressions.Of(secret, [forgotten.Begun()]))!.ShouldSatisfyAllConditions(
            alert => alert.Code.ShouldBe(AlertCodes.Unfinished),
            alert => alert.Message.ShouldContain("2026-05-17T12:00:00"),
            alert => alert.Message.ShouldContain("'ForgetAsync()'"));
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;

    private static RunFigures Skipping(int seen, int percent) =>
        RunFigures.Of(Run($$$"""{"documents":{"seen":{{{seen}}},"skipped":{{{seen * percent / 100}}}}}"""));

    private static IndexBacklog Backlog(long pending, TimeSpan? waited) => new(
        new IndexBinding("default", new EmbeddingSpace("hashing:32", 32), "chroma:x", "owner", Incarnation: null),
        pending,
        pending,
        waited is { } since ? Now - since : null);

    private static RunRecord Run(string report) => new()
    {
        Id = 7,
        Namespace = "default",
        Command = "sync",
        Sources = ["docs"],
        StartedAt = Now.AddSeconds(-3),
        FinishedAt = Now,
        Outcome = RunOutcome.Succeeded,
        ReportJson = report,
    };
}
