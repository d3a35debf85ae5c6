using System.Text;
using Shouldly;
using Tidemark.Indexing;
using Xunit;

namespace Tidemark.Tests.Indexing;

public sealed class MetadataMatcherTests
{
    [Theory]
    [InlineData("""{"a":"x"}""", "a", "x", true)]
    [InlineData("""{"a":"x"}""", "a", "X", false)]
    [InlineData("""{"a":"\u0078"}""", "a", "x", true)]
    [InlineData("""{"a":1e3}""", "a", "1e3", true)]
    [InlineData("""{"a":1e3}""", "a", "1000", false)]
    [InlineData("""{"a":"1"}""", "a", "1", true)]
    [InlineData("""{"a":false}""", "a", "false", true)]
    [InlineData("""{"a":null}""", "a", "null", false)]
    [InlineData("""{"a":{"x":1}}""", "a", "x", false)]
    [InlineData("""{"a":[1,["x"],"y"]}""", "a", "x", false)]
    [InlineData("""{"a":[1,["x"],"y"]}""", "a", "1", true)]
    [InlineData("""{"a.b":"name","a":{"b":"path"}}""", "a.b", "name", true)]
    [InlineData("""{"a.b":"name","a":{"b":"path"}}""", "a.b", "path", false)]
    [InlineData("""{"a":{"b.c":{"d":"deep"}}}""", "a.b.c.d", "deep", true)]
    [InlineData("""{"a.b":{"c":"mixed"}}""", "a.b.c", "mixed", true)]
    [InlineData("""{"":{"":"empty"}}""", ".", "empty", true)]
    [InlineData("", "a", "x", false)]
    public void A_condition_is_met_by_the_value_under_its_key(string metadata, string key, string value, bool expected) =>
        MetadataMatcher.Matches(new MetadataFilter([new MetadataCondition(key, [value])]), Encoding.UTF8.GetBytes(metadata))
            .ShouldBe(expected);

    [Fact]
    public void All_conditions_must_hold_and_any_value_of_each_will_do()
    {
        var filter = new MetadataFilter([new MetadataCondition("a", ["1", "2"]), new MetadataCondition("b", ["x"])]);

        MetadataMatcher.Matches(filter, """{"a":2,"b":"x"}"""u8).ShouldBeTrue();
        MetadataMatcher.Matches(filter, """{"a":2,"b":"y"}"""u8).ShouldBeFalse();
        MetadataMatcher.Matches(MetadataFilter.None, default).ShouldBeTrue();
    }
}
