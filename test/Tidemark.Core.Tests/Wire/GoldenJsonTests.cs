using Shouldly;
using Tidemark.Judging;
using Tidemark.Records;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Core.Tests.Wire;

public sealed class GoldenJsonTests
{
    [Fact]
    public void A_comparison_has_what_scripts_rely_on()
    {
        var must = new GoldenQuery { Query = "q", Expected = [new GoldenAnswer("a")], Must = true };
        var comparison = GoldenComparison.Of([(must, ["a", "b"], ["b", "c"]), (new GoldenQuery { Query = "r" }, ["a"], ["a"])]);

        TidemarkJson.Serialize(comparison).ShouldBe(
            """
            {"outcome":"block","basis":"must","metric":"recall@10","queries":2,"labelled":1,"active":1,"candidate":0,"difference":-1,"lowerBound":-1,"p":0.506549,
            "detectable":null,"overlap":0.75,"rbo":0.725,"rboResidual":0.721657,"rboP":0.9,"lost":[{"query":"q","filter":[],"documents":["a"]}],
            "worse":[{"query":"q","expected":["a"],"must":true,"filter":[],"active":["a","b"],"candidate":["b","c"],"activeScore":1,"candidateScore":0,"rbo":0.45}],
            "changed":[]}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void What_is_not_known_is_null() => TidemarkJson.Serialize(GoldenComparison.Of([])).ShouldBe(
        """
        {"outcome":"pass","basis":"nothing","metric":"recall@10","queries":0,"labelled":0,"active":null,"candidate":null,"difference":null,"lowerBound":null,
        "p":null,"detectable":null,"overlap":null,"rbo":null,"rboResidual":null,"rboP":0.9,"lost":[],"worse":[],"changed":[]}
        """.ReplaceLineEndings(""));
}
