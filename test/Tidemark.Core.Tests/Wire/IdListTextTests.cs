using Shouldly;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Core.Tests.Wire;

public sealed class IdListTextTests
{
    [Theory]
    [InlineData("docs/a.md", "docs/a.md")]
    [InlineData("a,b", "a|b")]
    [InlineData("a, b ", "a|b")]
    [InlineData("\"a, b\",c", "a, b|c")]
    [InlineData("\"say \"\"x\"\"\"", "say \"x\"")]
    [InlineData("a\"b", "a\"b")]
    public void Ids_are_separated_by_commas_that_are_not_quoted(string text, string ids) =>
        string.Join('|', IdListText.Parse(InputName.Flag("--expect"), [text])).ShouldBe(ids);

    [Fact]
    public void Several_texts_are_one_list() => IdListText.Parse(InputName.Flag("--expect"), ["a,b", "c"]).ShouldBe(["a", "b", "c"]);

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("a,")]
    [InlineData("\"\"")]
    [InlineData("\"a\"b")]
    [InlineData("\"a")]
    [InlineData("\"a\"\"")]
    public void What_is_no_list_is_told(string text) =>
        Should.Throw<TidemarkException>(() => IdListText.Parse(InputName.Flag("--expect"), [text])).Code.ShouldBe(ErrorCodes.Usage);
}
