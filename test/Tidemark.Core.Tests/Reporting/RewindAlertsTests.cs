using Shouldly;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Rewinding;
using Xunit;

namespace Tidemark.Core.Tests.Reporting;

/// <summary>How long it is told that a store went back.</summary>
public sealed class RewindAlertsTests
{
    private static readonly DateTimeOffset Noticed = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly RewoundState State = new(10, Noticed.AddHours(-1), 8, Noticed);

    [Fact]
    public void It_is_told_until_it_was_accepted()
    {
        RewindAlerts.Of(State, "default", ["docs"])!.Message.ShouldContain("'docs'");
        RewindAlerts.Of(State, "default", missing: null).ShouldNotBeNull();
        RewindAlerts.Of(State with { AcceptedAt = Noticed }, "default", ["docs"]).ShouldBeNull();
        RewindAlerts.Of(State, "default", missing: []).ShouldBeNull();
        RewindAlerts.Of(null, "default", ["docs"]).ShouldBeNull();
    }

    [Fact]
    public void It_tells_what_went_back_and_what_is_still_to_be_brought()
    {
        RewindAlerts.Of(State, "default", ["docs", "lines"])!.ShouldSatisfyAllConditions(
            alert => alert.Code.ShouldBe(AlertCodes.StoreRewound),
            alert => alert.Message.ShouldStartWith("'default' is in an older state than it was: commit 10 was there"),
            alert => alert.Message.ShouldContain("; not known to be brought again: 'docs', 'lines'; "),
            alert => alert.Message.ShouldEndWith(RewindWatch.Remedy));
        RewindAlerts.Of(State, "default", missing: null)!.Message.ShouldContain("; nothing was brought again yet; ");
    }

    [Fact]
    public void What_was_listed_as_a_whole_since_is_in_step()
    {
        Missing([Run()]).ShouldBe(["lines"]);
        Missing([Run() with { StartedAt = Noticed.AddTicks(-1) }]).ShouldBe(["docs", "lines"]);
        Missing([Run() with { CompleteSync = false }]).ShouldBe(["docs", "lines"]);
        Missing([Run() with { Outcome = RunOutcome.Partial }]).ShouldBe(["docs", "lines"]);
    }

    [Fact]
    public void Lines_that_are_delivered_now_and_then_are_no_whole()
    {
        Missing([Run("lines", "incremental")]).ShouldBe(["docs", "lines"]);
        Missing([Run("lines", "full")]).ShouldBe(["docs"]);
    }

    [Fact]
    public void A_folder_that_was_listed_beside_lines_is_in_step() => Missing([Run("docs", "mixed")]).ShouldBe(["lines"]);

    [Fact]
    public void A_feed_is_in_step_when_its_place_was_compared_since_and_all_is_read()
    {
        var feed = new FeedReport("lines", Noticed.AddMinutes(1)) { SnapshotShare = 1, ComparedAt = Noticed.AddMinutes(1) };

        Missing([Run()], feed).ShouldBeEmpty();
        Missing([Run()], feed with { ComparedAt = Noticed }).ShouldBeEmpty();
        Missing([Run()], feed with { SnapshotShare = 0.5 }).ShouldBe(["lines"]);
        Missing([Run()], feed with { ComparedAt = Noticed.AddMinutes(-1) }).ShouldBe(["lines"]);
        Missing([Run()], feed with { ComparedAt = null }).ShouldBe(["lines"]);
        Missing([Run()], feed with { Held = 3 }).ShouldBe(["lines"]);
        Missing([Run()], feed with { Trouble = "away" }).ShouldBe(["lines"]);
    }

    [Fact]
    public void Where_there_is_no_source_nothing_was_brought() =>
        RewindAlerts.MissingOf(Noticed, [], [Run()], [], new Dictionary<string, string>()).ShouldBeNull();

    private static IReadOnlyList<string>? Missing(IReadOnlyList<RunRecord> runs, params FeedReport[] feeds) => RewindAlerts.MissingOf(
        Noticed, ["docs", "lines"], runs, feeds, new Dictionary<string, string> { ["docs"] = "/docs" });

    private static RunRecord Run(string source = "docs", string cleanup = "full") => new()
    {
        Namespace = "default",
        Command = "sync",
        Sources = [source],
        StartedAt = Noticed,
        FinishedAt = Noticed.AddSeconds(1),
        Outcome = RunOutcome.Succeeded,
        CompleteSync = true,
        ReportJson = $$"""{"cleanup":"{{cleanup}}"}""",
    };
}
