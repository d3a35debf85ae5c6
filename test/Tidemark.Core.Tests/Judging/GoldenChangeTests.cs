using Shouldly;
using Tidemark.Judging;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Core.Tests.Judging;

/// <summary>Only what both runs asked and expected alike is compared.</summary>
public sealed class GoldenChangeTests
{
    private static readonly GoldenQuery Asked = new() { Query = "q", Expected = [new GoldenAnswer("a")] };

    [Fact]
    public void The_filter_is_part_of_the_question()
    {
        var german = Asked with { Filter = ["lang=de"] };

        var change = GoldenChange.Of(Run((Asked, 0), (german, 1)), Run((german, 1), (Asked, 1)))!;

        (change.Queries, change.Before, change.Now).ShouldBe((2, 1, 0.5));
        change.Worse.ShouldHaveSingleItem().Question.Filter.ShouldBeEmpty();
        GoldenChange.Of(Run((Asked, 0)), Run((german, 1))).ShouldBeNull();
    }

    [Fact]
    public void What_was_expected_otherwise_or_by_nobody_is_left_out()
    {
        var other = Asked with { Expected = [new GoldenAnswer("b")] };
        var graded = Asked with { Expected = [new GoldenAnswer("a", 2)] };
        var none = Asked with { Expected = [] };

        GoldenChange.Of(Run((Asked, 1)), Run((other, 1))).ShouldBeNull();
        GoldenChange.Of(Run((Asked, 1)), Run((graded, 1))).ShouldBeNull();
        GoldenChange.Of(Run((none, null)), Run((none, null))).ShouldBeNull();
        GoldenChange.Of(Run((Asked, 1)), Run((none, null))).ShouldBeNull();
        GoldenChange.Of(Run((Asked, 1)) with { Results = null }, Run((Asked, 1))).ShouldBeNull();
    }

    [Fact]
    public void The_greatest_loss_stands_first_and_a_gain_is_none()
    {
        var change = GoldenChange.Of(
            Run((Named("little"), 0.5), (Named("much"), 0.1), (Named("same"), 0.7), (Named("gain"), 1)),
            Run((Named("little"), 0.75), (Named("much"), 0.9), (Named("same"), 0.7), (Named("gain"), 0)))!;

        change.Worse.Select(one => one.Question.Query).ShouldBe(["much", "little"]);
    }

    [Theory]
    [InlineData(0.75, 0.5, 0.25, false)]
    [InlineData(0.75, 0.5, 0.2, true)]
    [InlineData(0.5, 0.75, 0, false)]
    [InlineData(0.5, 0.5, 0, false)]
    public void A_mean_that_is_lower_by_more_has_fallen(double before, double now, double most, bool isFall) =>
        GoldenChange.Of(Run((Asked, now)), Run((Asked, before)))!.IsFall(most).ShouldBe(isFall);

    private static GoldenQuery Named(string text) => Asked with { Query = text };

    private static GoldenRun Run(params (GoldenQuery Question, double? Score)[] results) => new()
    {
        Metric = GoldenMetric.Recall,
        Queries = results.Length,
        Labelled = results.Length,
        Results = [.. results.Select(result => new GoldenResult(result.Question, result.Score, result.Score > 0 ? ["a"] : []))],
    };
}
