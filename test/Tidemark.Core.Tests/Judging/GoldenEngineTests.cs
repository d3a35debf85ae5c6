using Shouldly;
using Tidemark.Judging;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Core.Tests.Judging;

public sealed class GoldenEngineTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly GoldenQuery[] Queries =
    [
        Query("found", "a"), Query("not found", "b"), Query("missed", "b") with { Must = true }, new() { Query = "nobody knows" },
    ];

    [Fact]
    public async Task A_run_has_what_each_query_got_and_the_mean_of_those_that_expect_something()
    {
        var run = await GoldenEngine.MeasureAsync(Queries, Finding("a"), None);

        (run.Metric, run.Queries, run.Labelled, run.Missed).ShouldBe(("recall@10", 4, 3, 1));
        run.Score!.Value.ShouldBe(1 / 3d, 1e-12);
        run.Results!.Select(result => result.Score).ShouldBe([1, 0, 0, null]);
    }

    [Fact]
    public async Task Both_generations_are_asked_the_same()
    {
        var asked = new List<(string Who, string What, int Depth)>();
        GoldenSearch Asking(string who) => (query, depth, _) =>
        {
            asked.Add((who, query.Query, depth));
            return Task.FromResult<IReadOnlyList<string>>([who]);
        };

        var compared = await GoldenEngine.CompareAsync(Queries[..1], Asking("a"), Asking("b"), None);

        asked.ShouldBe([("a", "found", 10), ("b", "found", 10)]);
        compared.Worse.Single().ShouldSatisfyAllConditions(one => one.Active.ShouldBe(["a"]), one => one.Candidate.ShouldBe(["b"]));
    }

    [Fact]
    public async Task Runs_are_compared_by_what_both_asked_and_expected()
    {
        var before = await GoldenEngine.MeasureAsync([.. Queries, Query("gone", "a"), Query("other label", "b")], Finding("a", "b"), None);
        var now = await GoldenEngine.MeasureAsync([.. Queries, Query("new", "b"), Query("other label", "a")], Finding("a"), None);

        var change = GoldenChange.Of(now, before)!;

        (change.Queries, change.Before, change.Since).ShouldBe((3, 1, before));
        change.Now.ShouldBe(1 / 3d, 1e-12);
        change.Worse.Select(one => one.Question.Query).ShouldBe(["not found", "missed"]);
        change.Lost.Single().Question.Query.ShouldBe("missed");
        change.IsFall(0.99).ShouldBeTrue("one that must be found is lost");
        GoldenChange.Of(before, now)!.IsFall(0).ShouldBeFalse();
    }

    [Fact]
    public async Task What_has_nothing_in_common_is_not_compared()
    {
        var run = await GoldenEngine.MeasureAsync(Queries, Finding("a"), None);

        GoldenChange.Of(run, null).ShouldBeNull();
        GoldenChange.Of(run, run with { Metric = "ndcg@10" }).ShouldBeNull();
        GoldenChange.Of(run, run with { Results = null }).ShouldBeNull();
        GoldenChange.Of(run, run with { Results = [] }).ShouldBeNull();
        GoldenChange.Of(run, run)!.IsFall(0).ShouldBeFalse();
    }

    [Fact]
    public async Task Documents_stand_in_the_order_of_their_best_chunks_and_more_chunks_are_asked_for_until_there_are_enough()
    {
        var asked = new List<int>();
        var ranked = await DocumentRanking.OfAsync(
            3,
            (chunks, _) =>
            {
                asked.Add(chunks);
                return Task.FromResult<IReadOnlyList<string>>([.. Enumerable.Range(0, chunks).Select(i => $"d{i / 60}")]);
            },
            None);

        ranked.ShouldBe(["d0", "d1", "d2"]);
        asked.ShouldBe([50, 200]);
    }

    [Theory]
    [InlineData(3, 3, "50", "d0 d1 d2")]
    [InlineData(2, 3, "50", "d0 d1")]
    [InlineData(4, 3, "50", "d0 d1 d2")] // there are no more chunks
    [InlineData(2, 50, "50", "d0 d1")]
    [InlineData(51, 50, "50 200", null)] // there might be more chunks
    [InlineData(1_000_000, 1_000_000, "50 200 800 3200", null)] // it ends somewhere
    public async Task No_more_chunks_are_asked_for_than_are_needed(int depth, int documents, string asked, string? ranked)
    {
        var counts = new List<int>();
        var found = await DocumentRanking.OfAsync(
            depth,
            (chunks, _) =>
            {
                counts.Add(chunks);
                return Task.FromResult<IReadOnlyList<string>>([.. Enumerable.Range(0, Math.Min(chunks, documents)).Select(i => $"d{i}")]);
            },
            None);

        string.Join(' ', counts).ShouldBe(asked);
        string.Join(' ', found).ShouldBe(ranked ?? string.Join(' ', Enumerable.Range(0, Math.Min(counts[^1], documents)).Select(i => $"d{i}")));
    }

    private static GoldenSearch Finding(params string[] documents) => (_, _, _) => Task.FromResult<IReadOnlyList<string>>(documents);

    private static GoldenQuery Query(string text, string expected) => new() { Query = text, Expected = [new GoldenAnswer(expected)] };
}
