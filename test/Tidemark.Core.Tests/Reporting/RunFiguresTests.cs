using Shouldly;
using Tidemark.Records;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Core.Tests.Reporting;

/// <summary>What is read of a run that was kept.</summary>
public sealed class RunFiguresTests
{
    private static readonly DateTimeOffset Began = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_figure_is_the_one_of_its_name()
    {
        var figures = RunFigures.Of(Run("""
            {"elapsedSeconds":1.5,"cleanup":"full","notTaken":{"binary":2},
             "documents":{"seen":21,"added":1,"updated":2,"skipped":7,"deleted":4,"failed":5},
             "chunks":{"added":11,"patched":12,"unchanged":13,"deleted":14},
             "embedding":{"inputs":6,"reused":8,"cost":0.25,"avoidedCost":0.75,"avoided":{"unchanged":{"tokens":30},"reused":{"tokens":4}}},
             "guard":{"source":"docs","movedFrom":"/old"},
             "index":{"location":"chroma:x","pending":9,"documents":3}}
            """));

        (figures.Seen, figures.Added, figures.Updated, figures.Skipped, figures.Deleted, figures.Failed).ShouldBe((21, 1, 2, 7, 4, 5));
        (figures.ChunksAdded, figures.ChunksPatched, figures.ChunksDeleted).ShouldBe((11, 12, 14));
        (figures.Inputs, figures.Reused, figures.AvoidedTokens, figures.Cost, figures.AvoidedCost).ShouldBe((6, 8, 34, 0.25m, 0.75m));
        (figures.Elapsed, figures.Cleanup, figures.Moved, figures.Failure).ShouldBe((TimeSpan.FromSeconds(1.5), "full", ("docs", "/old"), null));
        figures.NotTaken.ShouldHaveSingleItem().ShouldBe(new("binary", 2));
        figures.Undelivered.ShouldBe(new UndeliveredChanges("chroma:x", 9, 3, Failure: null));
        figures.SkipRate!.Value.ShouldBe(1.0 / 3, 1e-9);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(4.0, 4.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(-4.0, 0.0)]
    public void Without_a_report_a_run_took_what_its_times_say(double? ended, double? took)
    {
        var run = Run(null) with { FinishedAt = ended is { } seconds ? Began.AddSeconds(seconds) : null };

        (RunFigures.Of(run).Elapsed?.TotalSeconds).ShouldBe(took);
        (RunFigures.Of(run with { ReportJson = "{}" }).Elapsed?.TotalSeconds).ShouldBe(took);
    }

    [Theory]
    [InlineData(RunOutcome.Failed, true)]
    [InlineData(RunOutcome.Cancelled, false)]
    [InlineData(null, false)]
    public void Only_what_failed_without_a_word_was_lost(RunOutcome? outcome, bool isLost) =>
        RunFigures.Of(Run(null) with { Outcome = outcome }).Failure.ShouldBe(isLost ? RunFailure.Lost : null);

    [Theory]
    [InlineData(RunOutcome.Succeeded, 0, null)]
    [InlineData(RunOutcome.Succeeded, 4, 0.25)]
    [InlineData(RunOutcome.Partial, 4, 0.25)]
    [InlineData(RunOutcome.Guarded, 4, 0.25)]
    [InlineData(RunOutcome.Budget, 4, null)]
    public void A_skip_rate_is_of_what_was_seen_by_runs_that_got_through(RunOutcome outcome, int seen, double? rate) =>
        RunFigures.Of(Run($$$"""{"documents":{"seen":{{{seen}}},"skipped":1}}""") with { Outcome = outcome }).SkipRate.ShouldBe(rate);

    private static RunRecord Run(string? report) => new()
    {
        Id = 1,
        Namespace = "default",
        Command = "sync",
        Sources = ["docs"],
        StartedAt = Began,
        FinishedAt = Began.AddSeconds(3),
        Outcome = RunOutcome.Succeeded,
        ReportJson = report,
    };
}
