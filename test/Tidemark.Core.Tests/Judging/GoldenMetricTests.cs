using Shouldly;
using Tidemark.Judging;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Core.Tests.Judging;

public sealed class GoldenMetricTests
{
    [Fact]
    public void Recall_is_the_share_of_what_was_expected()
    {
        var query = Query(("a", 1), ("b", 1), ("c", 1), ("d", 1));

        GoldenMetric.Score(GoldenMetric.Recall, query, ["x", "b", "a"]).ShouldBe(0.5);
        GoldenMetric.Score(GoldenMetric.Recall, query, []).ShouldBe(0);
        GoldenMetric.Score(GoldenMetric.Recall, query, [.. Enumerable.Range(0, 9).Select(i => $"x{i}"), "a"]).ShouldBe(0.25);
        GoldenMetric.Score(GoldenMetric.Recall, query, [.. Enumerable.Range(0, 10).Select(i => $"x{i}"), "a"]).ShouldBe(0, "the eleventh does not count");
    }

    [Fact]
    public void Of_more_than_ten_expected_ones_ten_are_all()
    {
        var query = Query([.. Enumerable.Range(0, 20).Select(i => ($"d{i}", 1))]);

        GoldenMetric.Score(GoldenMetric.Recall, query, [.. Enumerable.Range(5, 10).Select(i => $"d{i}")]).ShouldBe(1);
    }

    /// <summary>By hand: (3/1 + 1/log2(4)) / (3/1 + 2/log2(3) + 1/log2(4)).</summary>
    [Fact]
    public void Gain_is_discounted_by_place_and_counted_from_the_best_order()
    {
        var query = Query(("a", 3), ("b", 2), ("c", 1));
        var best = 3 + (2 / Math.Log2(3)) + 0.5;

        GoldenMetric.Score(GoldenMetric.Ndcg, query, ["a", "x", "c"])!.Value.ShouldBe(3.5 / best, 1e-12);
        GoldenMetric.Score(GoldenMetric.Ndcg, query, ["a", "b", "c"]).ShouldBe(1);
        GoldenMetric.Score(GoldenMetric.Ndcg, query, ["c", "b", "a"])!.Value.ShouldBe((1 + (2 / Math.Log2(3)) + 1.5) / best, 1e-12);
    }

    [Fact]
    public void Of_grades_the_first_ten_places_count_and_the_best_ten_are_all()
    {
        var query = Query([.. Enumerable.Range(1, 20).Select(grade => ($"d{grade}", grade))]);
        string[] best = [.. Enumerable.Range(11, 10).Reverse().Select(grade => $"d{grade}")];

        GoldenMetric.Score(GoldenMetric.Ndcg, query, best).ShouldBe(1);
        GoldenMetric.Score(GoldenMetric.Ndcg, query, [.. best, "d10"]).ShouldBe(1);
        GoldenMetric.Score(GoldenMetric.Ndcg, query, [.. Enumerable.Range(0, 10).Select(i => $"x{i}"), "d20"]).ShouldBe(0);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        GoldenMetric.Missing(Query(("a", 1), ("b", 1), ("c", 1)), ["c", "x"]).ShouldBe(["a", "b"]);
        GoldenMetric.Missing(Query(("A", 1)), ["a"]).ShouldBe(["A"], "ids are what they are");
    }

    [Fact]
    public void Grades_make_it_gain_and_what_nobody_labelled_has_no_score()
    {
        GoldenMetric.Of([Query(("a", 1)), Query()]).ShouldBe(GoldenMetric.Recall);
        GoldenMetric.Of([Query(("a", 1)), Query(("b", 2))]).ShouldBe(GoldenMetric.Ndcg);
        GoldenMetric.Score(GoldenMetric.Recall, Query(), ["a"]).ShouldBeNull();
    }

    private static GoldenQuery Query(params (string Document, int Grade)[] expected) =>
        new() { Query = "q", Expected = [.. expected.Select(answer => new GoldenAnswer(answer.Document, answer.Grade))] };
}
