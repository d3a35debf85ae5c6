using Shouldly;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Tests.Records;

public sealed class CatalogRowTests
{
    [Theory]
    [InlineData("a", "a", "b", "a")]
    [InlineData("a", "b", "a", "a")]
    [InlineData("b", "a", "a", "a")]
    [InlineData(null, "a", "a", "a")]
    [InlineData("a", "a", null, "a")]
    [InlineData("a", null, "a", "a")]
    [InlineData("a", null, null, "a")]
    [InlineData("a", null, "b", "a")]
    [InlineData("a", "b", "c", null)]
    [InlineData("a", "b", null, null)]
    [InlineData(null, "a", "b", null)]
    [InlineData(null, "a", null, null)]
    [InlineData(null, null, "a", null)]
    public void Of_three_that_should_be_equal_two_are_right(string? main, string? first, string? second, string? right)
    {
        var row = new CatalogRow("source", 4, main, first, second);

        row.Right.ShouldBe(right);
        row.Damage.ShouldBe(right is null ? "it is damaged in two places" : "it is gone or not what was stored");
        row.Name.ShouldBe("source 4");
    }
}
