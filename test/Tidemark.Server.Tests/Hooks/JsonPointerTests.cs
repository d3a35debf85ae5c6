using System.Text.Json;
using Shouldly;
using Tidemark.Server.Hooks.Mapping;
using Xunit;

namespace Tidemark.Server.Tests.Hooks;

/// <summary>RFC 6901 by its own examples.</summary>
public sealed class JsonPointerTests
{
    private static readonly JsonElement Document = JsonDocument.Parse(
        """{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8,"null":null}""").RootElement;

    [Theory]
    [InlineData("/foo", "[\"bar\",\"baz\"]")]
    [InlineData("/foo/0", "\"bar\"")]
    [InlineData("/", "0")]
    [InlineData("/a~1b", "1")]
    [InlineData("/c%d", "2")]
    [InlineData("/e^f", "3")]
    [InlineData("/g|h", "4")]
    [InlineData("/i\\j", "5")]
    [InlineData("/k\"l", "6")]
    [InlineData("/ ", "7")]
    [InlineData("/m~0n", "8")]
    [InlineData("/null", "null")]
    public void It_leads_where_the_standard_says(string pointer, string value) => JsonPointer.Parse(pointer).Find(Document)!.Value.GetRawText().ShouldBe(value);

    [Fact]
    public void An_empty_one_is_the_whole() => JsonPointer.Parse("").Find(Document)!.Value.ValueKind.ShouldBe(JsonValueKind.Object);

    [Theory]
    [InlineData("/bar")]
    [InlineData("/foo/2")]
    [InlineData("/foo/-")]
    [InlineData("/foo/00")]
    [InlineData("/foo/01")]
    [InlineData("/foo/+1")]
    [InlineData("/foo/-1")]
    [InlineData("/foo/bar")]
    [InlineData("/foo/99999999999")]
    [InlineData("/a~1b/c")]
    [InlineData("/null/x")]
    [InlineData("/m~01n")]
    public void It_may_lead_to_nothing(string pointer) => JsonPointer.Parse(pointer).Find(Document).ShouldBeNull();

    [Theory]
    [InlineData("foo")]
    [InlineData("/m~n")]
    [InlineData("/m~")]
    [InlineData("/m~2")]
    public void What_is_none_is_told(string pointer) => Should.Throw<FormatException>(() => JsonPointer.Parse(pointer)).Message.ShouldContain($"'{pointer}'");
}
