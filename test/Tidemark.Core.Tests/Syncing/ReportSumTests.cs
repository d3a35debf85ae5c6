using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class ReportSumTests
{
    private static readonly SyncReport One = Make(
        RunOutcome.Partial,
        new DocumentCounts(1, 2, 3, 4, 5, 6, 7, 8, 9),
        new ChunkCounts(1, 2, 3, 4),
        new EmbeddingCounts("space", 1, 2, 3, 4, new AvoidedTokens(5, 6), 0.01m)) with
    {
        Run = 1,
        Elapsed = TimeSpan.FromSeconds(1),
        WithoutText = 1,
        Latency = LatencyReport.None with { Read = LatencySummary.None with { Count = 2 } },
    };

    private static readonly SyncReport Other = Make(
        RunOutcome.Succeeded,
        new DocumentCounts(10, 20, 30, 40, 50, 60, 70, 80, 90),
        new ChunkCounts(10, 20, 30, 40),
        new EmbeddingCounts("space", 10, 20, 30, 40, new AvoidedTokens(50, 60), 0.02m)) with
    {
        Run = 2,
        Elapsed = TimeSpan.FromSeconds(2),
        WithoutText = 10,
        Latency = One.Latency,
    };

    [Fact]
    public void Every_count_is_added_and_the_rest_is_of_the_last()
    {
        var sum = ReportSum.Of(One, Other);

        sum.Documents.ShouldBe(new DocumentCounts(11, 22, 33, 44, 55, 66, 77, 88, 99));
        sum.Chunks.ShouldBe(new ChunkCounts(11, 22, 33, 44));
        sum.Embedding.ShouldBe(new EmbeddingCounts("space", 11, 22, 33, 44, new AvoidedTokens(55, 66), 0.02m));
        (sum.Run, sum.Elapsed, sum.WithoutText, sum.Latency).ShouldBe((2L, TimeSpan.FromSeconds(2), 10L, LatencyReport.None));
        ReportSum.Of(null, One).ShouldBeSameAs(One);
    }

    [Fact]
    public void The_worse_outcome_is_that_of_all()
    {
        ReportSum.Of(One, Other).Outcome.ShouldBe(RunOutcome.Partial);
        ReportSum.Of(Other, One).Outcome.ShouldBe(RunOutcome.Partial);
    }

    [Fact]
    public void Of_parts_all_that_they_say_counts_and_a_thousand_of_it_is_listed()
    {
        var many = Enumerable.Range(0, 600).Select(i => $"{i}").ToArray();
        var part = One with
        {
            Errors = [.. many.Select(i => new ItemFailure(i, "c", "m", "r", HidesDocuments: false))],
            Warnings = [.. many.Select(i => new ItemWarning(i, "c", "m", "r"))],
        };

        var whole = ReportSum.OfParts(part, part with { Elapsed = Other.Elapsed, WithoutText = 10 });

        (whole.Elapsed, whole.WithoutText).ShouldBe((TimeSpan.FromSeconds(3), 11L));
        whole.Errors.Select(error => error.Item).ShouldBe(many.Concat(many).Take(1000));
        whole.Warnings.Select(warning => warning.Item).ShouldBe(many.Concat(many).Take(1000));
        whole.Documents.Added.ShouldBe(4);
    }

    private static SyncReport Make(RunOutcome outcome, DocumentCounts documents, ChunkCounts chunks, EmbeddingCounts embedding) => new()
    {
        Namespace = "default",
        Cleanup = "full",
        Outcome = outcome,
        Documents = documents,
        Chunks = chunks,
        Embedding = embedding,
    };
}
