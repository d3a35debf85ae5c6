using Shouldly;
using Tidemark.Documents;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Core.Tests.Lifecycle;

/// <summary>What is told of what was brought back, let go or erased.</summary>
public sealed class LifecycleReportTests
{
    private static readonly ItemFailure Failure = new("a", ErrorCodes.DocumentMissing, "not kept", "sync", HidesDocuments: false);

    private static readonly ItemFailure Other = Failure with { Item = "b" };

    private static readonly SyncReport Synced = new()
    {
        Run = 3,
        Namespace = "default",
        Cleanup = "none",
        Outcome = RunOutcome.Succeeded,
        Documents = new DocumentCounts(9, Added: 1, Updated: 2, 0, Deleted: 4, 0, 0, 0, 0),
        Chunks = new ChunkCounts(Added: 10, 0, 0, Deleted: 40),
        Embedding = new EmbeddingCounts("hashing:32", Requests: 6, 0, 0, 0, default!, null),
        Errors = [Other],
    };

    [Fact]
    public void What_was_brought_back_counts_what_was_not_even_closed()
    {
        var report = LifecycleReport.OfRestored(Synced, [Failure], (100, 1000));

        (report.Run, report.Documents, report.Chunks, report.DryRun, report.EmbeddingCalls).ShouldBe((3, 103, 1010, false, 6));
        report.Errors.ShouldBe([Failure, Other]);
        LifecycleReport.OfRestored(Synced with { Run = null }, [], default).DryRun.ShouldBeTrue();
    }

    [Theory]
    [InlineData(RunOutcome.Succeeded, 0, RunOutcome.Succeeded)]
    [InlineData(RunOutcome.Succeeded, 1, RunOutcome.Partial)]
    [InlineData(RunOutcome.Budget, 1, RunOutcome.Budget)]
    public void What_could_not_be_brought_back_makes_a_success_a_partial_one(RunOutcome outcome, int failures, RunOutcome told) =>
        LifecycleReport.OfRestored(Synced with { Outcome = outcome }, [.. Enumerable.Repeat(Failure, failures)], default).Outcome.ShouldBe(told);

    [Fact]
    public void What_was_let_go_counts_what_was_deleted()
    {
        var report = LifecycleReport.OfGone(Synced);

        (report.Run, report.Documents, report.Chunks, report.DryRun, report.EmbeddingCalls).ShouldBe((3, 4, 40, false, 6));
        report.Errors.ShouldBe([Other]);
        LifecycleReport.OfGone(Synced with { Run = null }).DryRun.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(true, 0, 0)]
    [InlineData(false, 0, 1)]
    public void An_erasure_is_clean_when_no_place_has_anything_left(bool isClean, params int[] found) => new ErasureReceipt
    {
        Id = "1",
        Namespace = "default",
        At = LifecycleStates.Now,
        Removed = new ErasedDocuments(),
        Probes = [.. found.Select(count => new ErasureProbe("here", count))],
    }.IsClean.ShouldBe(isClean);
}
