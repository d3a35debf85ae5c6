using Shouldly;
using Tidemark.Postgres.Feeding;
using Xunit;

namespace Tidemark.Postgres.Tests.Feeding;

/// <summary>Lists as the server writes them.</summary>
public sealed class ArrayLiteralTests
{
    [Theory]
    [InlineData("{}", new string[0])]
    [InlineData("{a,b c}", new[] { "a", "b c" })]
    [InlineData("""{"a,b","",NULL,"NULL","say \"hi\"","back\\slash","{x}"}""", new[] { "a,b", "", null, "NULL", "say \"hi\"", "back\\slash", "{x}" })]
    [InlineData("{1,-2.5}", new[] { "1", "-2.5" })]
    public void A_list_is_read(string text, string?[] items) => ArrayLiteral.Parse(text).ShouldBe(items);

    [Theory]
    [InlineData("{{1,2},{3,4}}")]
    [InlineData("[0:1]={1,2}")]
    [InlineData("")]
    public void What_is_no_plain_list_stays_text(string text) => ArrayLiteral.Parse(text).ShouldBeNull();
}
