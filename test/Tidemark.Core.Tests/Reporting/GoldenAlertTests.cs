using Shouldly;
using Tidemark.Records;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Core.Tests.Reporting;

public sealed class GoldenAlertTests
{
    [Fact]
    public void A_fall_by_more_than_the_limit_is_told()
    {
        AlertRules.OfGolden([Run(2, 0.90), Run(1, 1)], generation: 7, most: 0.05)!.ShouldSatisfyAllConditions(
            alert => alert.Code.ShouldBe(AlertCodes.GoldenFell),
            alert => alert.Message.ShouldBe("golden queries got 1.000 in run 1, and 0.900 in run 2 (recall@10); the limit is 0.05 less"));
        AlertRules.OfGolden([Run(2, 0.96), Run(1, 1)], 7, 0.05).ShouldBeNull();
        AlertRules.OfGolden([Run(3, 0.5), Run(2, 0.5), Run(1, 1)], 7, 0.05).ShouldBeNull("it was told before");
        AlertRules.OfGolden([Run(1, 0)], 7, 0.05).ShouldBeNull("there was none before");
        AlertRules.OfGolden([], 7, 0.05).ShouldBeNull();
    }

    [Fact]
    public void What_another_generation_got_is_no_trouble_of_the_one_that_answers() =>
        AlertRules.OfGolden([Run(2, 0.5), Run(1, 1)], generation: 8, most: 0.05).ShouldBeNull();

    [Fact]
    public void What_must_be_found_is_told_by_name_whatever_the_mean()
    {
        var must = new GoldenQuery { Query = "how", Expected = [new GoldenAnswer("a.md")], Must = true };

        AlertRules.OfGolden(
            [Run(2, 1) with { Results = [new(must, 0, ["b.md"])] }, Run(1, 1) with { Results = [new(must, 1, ["a.md"])] }], 7, most: 1)!
            .Message.ShouldStartWith("'a.md' is not found any more for 'how', and must be");
    }

    private static GoldenRun Run(long id, double score) => new()
    {
        Id = id,
        Generation = 7,
        Metric = "recall@10",
        Queries = 1,
        Labelled = 1,
        Score = score,
        Results = [new(new GoldenQuery { Query = "q", Expected = [new GoldenAnswer("a")] }, score, [])],
    };
}
