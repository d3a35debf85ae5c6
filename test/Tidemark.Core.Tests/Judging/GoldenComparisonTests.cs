using Shouldly;
using Tidemark.Judging;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Core.Tests.Judging;

public sealed class GoldenComparisonTests
{
    private static readonly string[] Right = ["right"], Wrong = ["wrong"];

    [Theory]
    [InlineData(30, 0, GateOutcome.Pass)]
    [InlineData(30, 3, GateOutcome.Inconclusive)]
    [InlineData(30, 5, GateOutcome.Block)]
    [InlineData(29, 29, GateOutcome.Pass)]
    public void Losses_decide_from_thirty_labelled_queries_on(int queries, int losses, GateOutcome outcome)
    {
        var compared = GoldenComparison.Of([.. Enumerable.Range(0, queries).Select(i => (Query($"q{i}"), Right.List(), (i < losses ? Wrong : Right).List()))]);

        compared.Outcome.ShouldBe(outcome);
        compared.Basis.ShouldBe(queries < 30 ? GateBasis.Nothing : GateBasis.Statistics);
        (compared.Queries, compared.Labelled, compared.Metric).ShouldBe((queries, queries, "recall@10"));
        compared.Active.ShouldBe(1);
        compared.Difference!.Value.ShouldBe(-(double)losses / queries, 1e-12);
        compared.Worse.Count.ShouldBe(losses);
    }

    [Fact]
    public void A_loss_that_is_small_passes_however_sure_it_is()
    {
        string[] ten = [.. Enumerable.Range(0, 10).Select(i => $"d{i}")];
        var query = new GoldenQuery { Query = "q", Expected = [.. ten.Select(id => new GoldenAnswer(id))] };

        var compared = GoldenComparison.Of(
            [.. Enumerable.Range(0, 100).Select(i => (query with { Query = $"q{i}" }, ten.List(), (i < 20 ? ten[..9] : ten).List()))]);

        compared.Difference!.Value.ShouldBe(-0.02, 1e-12);
        compared.P!.Value.ShouldBeLessThan(0.05);
        compared.Outcome.ShouldBe(GateOutcome.Pass);
    }

    [Fact]
    public void What_must_be_found_blocks_alone_and_only_if_it_was_found_before()
    {
        var must = Query("must") with { Must = true };
        var gain = Enumerable.Range(0, 50).Select(i => (Query($"q{i}"), Wrong.List(), Right.List())).ToList();

        var lost = GoldenComparison.Of([.. gain, (must, Right.List(), Wrong.List())]);
        (lost.Outcome, lost.Basis).ShouldBe((GateOutcome.Block, GateBasis.Must));
        lost.Lost.Single().Question.ShouldBe(must);
        lost.Lost.Single().Lost.ShouldBe(["right"]);
        GoldenComparison.Of([(must, Right.List(), Wrong.List())]).Outcome.ShouldBe(GateOutcome.Block, "few queries are enough for that");
        var never = GoldenComparison.Of([(must, Wrong.List(), Wrong.List())]);
        (never.Outcome, never.Basis).ShouldBe((GateOutcome.Pass, GateBasis.Must));
        var two = must with { Expected = [new GoldenAnswer("right"), new GoldenAnswer("other")] };
        GoldenComparison.Of([(two, new[] { "right", "other" }.List(), Right.List())]).Outcome.ShouldBe(GateOutcome.Block, "none may be lost");
    }

    [Fact]
    public void Without_labels_likeness_advises_and_blocks_never()
    {
        var queries = Enumerable.Range(0, 60).Select(i => new GoldenQuery { Query = $"q{i}" }).ToArray();

        var strange = GoldenComparison.Of([.. queries.Select((query, i) => (query, Right.List(), (i == 7 ? Right : Wrong).List()))]);

        (strange.Outcome, strange.Basis, strange.Labelled).ShouldBe((GateOutcome.Pass, GateBasis.Nothing, 0));
        strange.Overlap!.Value.ShouldBe(1 / 60d, 1e-12);
        strange.Likeness!.Value.Extrapolated.ShouldBe(1 / 60d, 1e-12);
        (strange.Active, strange.Difference, strange.P, strange.LowerBound, strange.Detectable).ShouldBe((null, null, null, null, null));
        strange.Changed.Count.ShouldBe(59);
        strange.Worse.ShouldBeEmpty();
    }

    [Fact]
    public void Without_queries_there_is_nothing_to_say()
    {
        var nothing = GoldenComparison.Of([]);

        (nothing.Outcome, nothing.Basis, nothing.Queries, nothing.Overlap, nothing.Likeness).ShouldBe((GateOutcome.Pass, GateBasis.Nothing, 0, null, null));
    }

    [Fact]
    public void The_greatest_loss_stands_first()
    {
        var two = Query("two") with { Expected = [new GoldenAnswer("right"), new GoldenAnswer("other")] };

        GoldenComparison.Of([(two, new[] { "right", "other" }.List(), Right.List()), (Query("one"), Right.List(), Wrong.List())])
            .Worse.Select(one => one.Question.Query).ShouldBe(["one", "two"]);
    }

    [Fact]
    public void What_nobody_labelled_and_is_answered_otherwise_is_listed_the_least_alike_first()
    {
        GoldenQuery Unlabelled(string text) => new() { Query = text };
        var (ab, ba, ac) = (new[] { "a", "b" }.List(), new[] { "b", "a" }.List(), new[] { "a", "c" }.List());

        var compared = GoldenComparison.Of(
            [(Unlabelled("turned"), ab, ba), (Unlabelled("same"), ab, ab), (Unlabelled("other"), Right.List(), Wrong.List()), (Unlabelled("half"), ab, ac), (Query("labelled"), ab, ba)]);

        compared.Changed.Select(one => one.Question.Query).ShouldBe(["other", "half", "turned"]);
        compared.Overlap!.Value.ShouldBe((1 + 1 + 0 + (1 / 2d) + 1) / 5, 1e-12);
        (compared.Queries, compared.Labelled).ShouldBe((5, 1));
    }

    [Fact]
    public void Figures_are_those_of_the_differences()
    {
        var compared = GoldenComparison.Of([.. Enumerable.Range(0, 40).Select(i => (Query($"q{i}"), (i < 8 ? Right : Wrong).List(), (i is >= 4 and < 20 ? Right : Wrong).List()))]);

        (compared.Active, compared.Candidate).ShouldBe((0.2, 0.4));
        compared.Difference!.Value.ShouldBe(0.2, 1e-12);
        double[] differences = [.. Enumerable.Repeat(-1d, 4), .. Enumerable.Repeat(0d, 4), .. Enumerable.Repeat(1d, 12), .. Enumerable.Repeat(0d, 20)];
        compared.Detectable.ShouldBe(DetectableLoss.Of(differences));
        compared.P!.Value.ShouldBe(1 - 0.0106, 0.005, "of 16 coins 13 or more are rarely on one side");
        compared.LowerBound!.Value.ShouldBe(0.2 - (1.645 * 0.6 / Math.Sqrt(40)), 0.03);
    }

    [Theory]
    [InlineData("", "", 1)]
    [InlineData("ab", "", 0)]
    [InlineData("", "ab", 0)]
    [InlineData("abcd", "xb", 0.25)]
    [InlineData("xb", "abcd", 0.25)]
    [InlineData("ab", "ba", 1)]
    [InlineData("a", "A", 0)]
    public void Overlap_is_the_share_of_the_longer_answer(string one, string other, double share) =>
        ListOverlap.Of([.. one.Select(letter => $"{letter}")], [.. other.Select(letter => $"{letter}")]).ShouldBe(share);

    private static GoldenQuery Query(string text) => new() { Query = text, Expected = [new GoldenAnswer("right")] };
}

file static class Lists
{
    public static IReadOnlyList<string> List(this string[] found) => found;
}
