using System.Text;
using Shouldly;
using Tidemark.Indexing;
using Xunit;

namespace Tidemark.Tests.Indexing;

public sealed class MetadataMatcherTests
{
    [Fact]
    public void Metadata_that_are_no_JSON_are_damage_and_nothing_else()
    {
        var error = Should.Throw<TidemarkException>(() => MetadataMatcher.Matches(new MetadataFilter([new MetadataCondition("a", ["x"])]), "{"u8));

        (error.Code, error.Message.Contains("no JSON object", StringComparison.Ordinal)).ShouldBe((ErrorCodes.StoreCorrupt, true));
    }

    [Theory]
    [InlineData("""{"a":{"b":"x"}}""", "a.b", "x")]
    [InlineData("""{"a":{"b":1}}""", "a.b", null)]
    [InlineData("""{"a":{"b":"x"}}""", "a", null)]
    [InlineData("""{"a":{"b":"x"}}""", "c", null)]
    public void A_text_is_found_as_a_condition_finds_it(string metadata, string key, string? text) =>
        MetadataMatcher.FindText(Encoding.UTF8.GetBytes(metadata), key).ShouldBe(text);

    [Theory]
    [InlineData("""{"a":"x"}""", "a", "x", true)]
    [InlineData("""{"a":"x"}""", "a", "X", false)]
    [InlineData("""{"a":"\u0078"}""", "a", "x", true)]
    [InlineData("""{"a":1e3}""", "a", "1e3", true)]
    [InlineData("""{"a":1e3}""", "a", "1000", true)]
    [InlineData("""{"a":1.10}""", "a", "1.1", true)]
    [InlineData("""{"a":"1.10"}""", "a", "1.1", false)]
    [InlineData("""{"a":9007199254740993}""", "a", "9007199254740992", false)]
    [InlineData("""{"a":"1"}""", "a", "1", true)]
    [InlineData("""{"a":false}""", "a", "false", true)]
    [InlineData("""{"a":false}""", "a", "true", false)]
    [InlineData("""{"a":true}""", "a", "true", true)]
    [InlineData("""{"a":true}""", "a", "false", false)]
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

    [Theory]
    [InlineData("""{"a":null}""", "a=null", true)]
    [InlineData("""{"a":"null"}""", "a=null", false)]
    [InlineData("""{"a":"null"}""", "a=\"null\"", true)]
    [InlineData("""{"b":1}""", "a=null", false)]
    [InlineData("""{"a":null}""", "a?", true)]
    [InlineData("""{"a":{"b":1}}""", "a?", true)]
    [InlineData("""{"a":[]}""", "a?", true)]
    [InlineData("""{"b":1}""", "a?", false)]
    [InlineData("""{"b":1}""", "!a?", true)]
    [InlineData("", "!a?", true)]
    [InlineData("", "a!=x", true)]
    [InlineData("", "a?", false)]
    [InlineData("""{"a":"x"}""", "a!=x", false)]
    [InlineData("""{"a":["y","x"]}""", "a!=x", false)]
    [InlineData("""{"a":["y"]}""", "a!=x", true)]
    [InlineData("""{"a":2}""", "a!=2.0", false)]
    [InlineData("""{"a":10}""", "a>=10.0", true)]
    [InlineData("""{"a":10}""", "a>9", true)]
    [InlineData("""{"a":10}""", "a<9", false)]
    [InlineData("""{"a":"10"}""", "a>9", true)]
    [InlineData("""{"a":"10"}""", "a>=10.0", false)]
    [InlineData("""{"a":"10"}""", "a=10.0", false)]
    [InlineData("""{"a":"10"}""", "a<=10", true)]
    [InlineData("""{"a":"2024-05-17T12:00:00Z"}""", "a<=2024-05-17T14:00:00+02:00", true)]
    [InlineData("""{"a":"2024-05-17T12:00:00Z"}""", "a>=2024-05-17T14:00:00+02:00", true)]
    [InlineData("""{"a":"2024-05-17T12:00:00Z"}""", "a>2024-05-17T14:00:00+02:00", false)]
    [InlineData("""{"a":10}""", "a>x", false)]
    [InlineData("""{"a":"ten"}""", "a>9", false)]
    [InlineData("""{"a":null}""", "a<=9", false)]
    [InlineData("""{"a":[1,20]}""", "a>9", true)]
    [InlineData("""{"a":"b"}""", "a<c", true)]
    [InlineData("""{"a":"2025-12-31"}""", "a<2026-01-01", true)]
    [InlineData("""{"a":"2026-01-01"}""", "a<2026-01-01", false)]
    [InlineData("""{"a":"2026-01-01T10:00:00Z"}""", "a<=2026-01-01", true)]
    [InlineData("""{"a":"2026-01-01T10:00:00Z"}""", "a>2026-01-01", false)]
    [InlineData("""{"a":"2025-12-31T23:30:00-02:00"}""", "a<2026-01-01", false)]
    [InlineData("""{"a":"2026-01-31"}""", "a<=2026-01", true)]
    [InlineData("""{"a":"2026-03-01"}""", "a>=2026", true)]
    [InlineData("""{"a":"2026-03-01"}""", "a>2026", false)]
    [InlineData("""{"a":"2026-13-99"}""", "a>2026-01-01", false)]
    public void Absence_null_and_order_can_be_asked_for(string metadata, string condition, bool expected) =>
        MetadataMatcher.Matches(MetadataFilter.Parse(condition), Encoding.UTF8.GetBytes(metadata)).ShouldBe(expected);

    [Fact]
    public void All_conditions_must_hold_and_any_value_of_each_will_do()
    {
        var filter = new MetadataFilter([new MetadataCondition("a", ["1", "2"]), new MetadataCondition("b", ["x"])]);

        MetadataMatcher.Matches(filter, """{"a":2,"b":"x"}"""u8).ShouldBeTrue();
        MetadataMatcher.Matches(filter, """{"a":2,"b":"y"}"""u8).ShouldBeFalse();
        MetadataMatcher.Matches(MetadataFilter.None, default).ShouldBeTrue();
    }
}
