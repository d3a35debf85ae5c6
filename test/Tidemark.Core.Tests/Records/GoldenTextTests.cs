using Shouldly;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Core.Tests.Records;

public sealed class GoldenTextTests
{
    [Fact]
    public void Half_a_character_is_written_as_what_stands_for_it() =>
        GoldenText.OfFilter(["a\ud800b", "\udc00"]).ShouldBe("""["a\uFFFDb","\uFFFD"]""");

    [Fact]
    public void Names_stand_in_it_as_they_are() =>
        GoldenText.OfExpected([new GoldenAnswer("docs/ä 語 'x' <y> &.md", 2)]).ShouldBe("""{"docs/ä 語 'x' <y> &.md":2}""");

    [Theory]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""[{"query":"a"}]""")]
    [InlineData("""[{"query":"a","filter":[],"expected":{"x":1.5},"must":true,"found":[]}]""")]
    [InlineData("""[{"query":"a","filter":[],"expected":{},"must":true,"score":"1","found":[]}]""")]
    public void Results_that_no_store_writes_are_none(string results) => GoldenText.ReadResults(results).ShouldBeNull();

    [Theory]
    [InlineData("[", "{}")]
    [InlineData("[]", "{")]
    [InlineData("[]", """{"x":"1"}""")]
    [InlineData("[]", "[]")]
    public void A_query_that_no_store_writes_is_damaged(string filter, string expected) =>
        Should.Throw<TidemarkException>(() => GoldenText.ReadQuery("a", filter, expected, must: false, since: 0)).Code.ShouldBe(ErrorCodes.StoreCorrupt);

    [Fact]
    public void A_score_keeps_nine_places()
    {
        GoldenText.ReadScore(GoldenText.OfScore(2 / 3d))!.Value.ShouldBe(2 / 3d, 1e-9);
        GoldenText.OfScore(null).ShouldBeNull();
        GoldenText.ReadScore(null).ShouldBeNull();
    }
}
