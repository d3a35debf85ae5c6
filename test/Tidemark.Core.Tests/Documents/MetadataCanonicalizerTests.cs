using System.Text.Json;
using Shouldly;
using Tidemark.Documents;
using Xunit;

namespace Tidemark.Tests.Documents;

public sealed class MetadataCanonicalizerTests
{
    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{ "b" : 1 , "a" : [ 1 , { "d" : null , "c" : true } ] }""", """{"a":[1,{"c":true,"d":null}],"b":1}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":{"x":1,"x":{"z":1,"y":2}}}""", """{"a":{"x":{"y":2,"z":1}}}""")]
    [InlineData("""{"a":1.0,"b":1e3,"c":-0,"d":12345678901234567890123}""",
        """{"a":1.0,"b":1e3,"c":-0,"d":12345678901234567890123}""")]
    [InlineData("""{"a":"\u00e9\u0041\/"}""", """{"a":"éA/"}""")]
    [InlineData("""{"\u0061":"x"}""", """{"a":"x"}""")]
    [InlineData("""{"Z":1,"a":2,"é":3,"A":4}""", """{"A":4,"Z":1,"a":2,"é":3}""")]
    public void There_is_one_form(string json, string canonical)
    {
        MetadataCanonicalizer.Parse(json).Json.ShouldBe(canonical);
        MetadataCanonicalizer.Parse(canonical).Json.ShouldBe(canonical);
    }

    [Theory]
    [InlineData("👍")]
    [InlineData("a\nb\t\"\\ \u007f\u2028<>&'+")]
    [InlineData("e\u0301")]
    public void Text_survives_and_is_the_same_however_it_is_escaped(string text)
    {
        var escaped = string.Concat(text.Select(c => $"\\u{(int)c:x4}"));
        var metadata = MetadataCanonicalizer.Parse($$"""{"a":"{{escaped}}"}""");
        using var parsed = JsonDocument.Parse(metadata.Json);
        parsed.RootElement.GetProperty("a").GetString().ShouldBe(text);
        metadata.ShouldBe(MetadataCanonicalizer.Parse(JsonSerializer.Serialize(new { a = text })));
    }

    [Fact]
    public void Objects_merge_key_by_key_and_the_later_one_wins()
    {
        using var lower = JsonDocument.Parse("""{"a":{"x":1},"b":2,"text":"t"}""");
        using var upper = JsonDocument.Parse("""{"a":{"y":1},"text":"u"}""");
        MetadataCanonicalizer.Merge([lower.RootElement, upper.RootElement]).Json
            .ShouldBe("""{"a":{"y":1},"b":2,"text":"u"}""");
        MetadataCanonicalizer.Merge([lower.RootElement, upper.RootElement], n => n == "text").Json
            .ShouldBe("""{"a":{"y":1},"b":2}""");
        MetadataCanonicalizer.Merge(lower.RootElement, n => n is "text" or "b", upper.RootElement).Json
            .ShouldBe("""{"a":{"y":1},"text":"u"}""");
        MetadataCanonicalizer.Merge(lower.RootElement, n => n is "text", upper.RootElement).Json
            .ShouldBe("""{"a":{"y":1},"b":2,"text":"u"}""");
        MetadataCanonicalizer.Merge(lower.RootElement, n => n is "text", upper: null).Json.ShouldBe("""{"a":{"x":1},"b":2}""");
    }

    /// <summary>So many that an order that leaves equals as it likes would show.</summary>
    [Fact]
    public void Of_a_name_that_stands_again_and_again_the_last_value_counts()
    {
        var many = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"{(char)('a' + (i % 7))}\":{i}"));

        MetadataCanonicalizer.Parse($"{{{many}}}").Json.ShouldBe("""{"a":196,"b":197,"c":198,"d":199,"e":193,"f":194,"g":195}""");
    }

    [Fact]
    public void What_is_no_object_is_refused()
    {
        Should.Throw<JsonException>(() => MetadataCanonicalizer.Parse("[1]"));
        Should.Throw<JsonException>(() => MetadataCanonicalizer.Parse("{"));
    }

    [Fact]
    public void A_failure_leaves_nothing_behind_for_the_next_one()
    {
        using var half = JsonDocument.Parse("""{"a":"ok","b":"\ud800"}""");
        Should.Throw<InvalidOperationException>(() => MetadataCanonicalizer.Of(half.RootElement));
        MetadataCanonicalizer.Parse("""{"c":1}""").Json.ShouldBe("""{"c":1}""");
    }
}
