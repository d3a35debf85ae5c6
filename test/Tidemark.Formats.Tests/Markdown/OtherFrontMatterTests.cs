using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>Front matter in TOML and in JSON.</summary>
public sealed class OtherFrontMatterTests
{
    [Fact]
    public void Front_matter_in_TOML_is_metadata()
    {
        var read = Extract("""

            +++
            title = "Ferry"
            date = 2024-01-02T03:04:05Z
            draft = false
            weight = 10
            ratio = 0.5
            tags = ["a", 'b']
            a.b = 1
            [extra]
            x = { y = "z" }
            [[links]]
            n = 1
            [other]
            [extra.more]
            k = 1979-05-27
            +++
            Text.
            """);
        read.Text.ShouldBe("Text.");
        read.Metadata.Json.ShouldBe(
            """{"a":{"b":1},"date":"2024-01-02T03:04:05Z","draft":false,"extra":{"more":{"k":"1979-05-27"},"x":{"y":"z"}},"links":[{"n":1}],"other":{},"ratio":0.5,"tags":["a","b"],"title":"Ferry","weight":10}""");
        read.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("+++\ntitle = \"x\"\n\nText.\n", "never closed")]
    [InlineData("+++\nprose\nmore of it\n+++\nText.\n", "cannot be read as TOML")]
    [InlineData("+++\nt = \"\\u0000\"\n+++\nText.\n", "cannot be read as TOML")]
    public void What_is_no_TOML_is_text_and_told(string content, string message)
    {
        var read = Extract(content);
        read.Text.ShouldBe(content);
        read.Metadata.IsEmpty.ShouldBeTrue();
        read.Warnings.ShouldHaveSingleItem().Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("{\n \"title\": \"json\"\n}\n\nBody four.\n", "\nBody four.\n", """{"title":"json"}""")]
    [InlineData("\n{ \"a\": [1, {\"b\": null}], }  \nBody {x}\n", "Body {x}\n", """{"a":[1,{"b":null}]}""")]
    [InlineData("{\"a\":\"ä€😀\"}\nText", "Text", """{"a":"ä€\uD83D\uDE00"}""")]
    public void Front_matter_in_JSON_is_metadata(string content, string text, string metadata)
    {
        var read = Extract(content);
        read.Text.ShouldBe(text);
        read.Metadata.Json.ShouldBe(metadata);
        read.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{{ template }}\n")]
    [InlineData("{\"a\": 1} is an object\n")]
    [InlineData("{\"a\": 1}\n")]
    [InlineData("{#id}\n\ntext\n")]
    [InlineData("{\"a\n")]
    public void What_only_begins_as_JSON_is_text(string content)
    {
        var read = Extract(content);
        read.Text.ShouldBe(content);
        read.Metadata.IsEmpty.ShouldBeTrue();
        read.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void JSON_with_a_slip_is_text_and_told()
    {
        const string content = "{\n \"title\": \"json\"\n \"b\": 1\n}\n\nBody\n";
        var read = Extract(content);
        read.Text.ShouldBe(content);
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 3 ");
    }

    [Fact]
    public void Nesting_without_end_takes_nothing_down()
    {
        Extract("{\"a\":" + new string('[', 100_000) + "\n}\n").Metadata.IsEmpty.ShouldBeTrue();
        Extract("+++\na = " + new string('[', 100_000) + "\n+++\nx").Metadata.IsEmpty.ShouldBeTrue();
        Extract("+++\na" + string.Concat(Enumerable.Repeat(".a", 50_000)) + " = 1\n+++\nx").Text.ShouldNotBeEmpty();
    }

    private static ExtractedText Extract(string content) =>
        new MarkdownExtractor().Extract("docs/a.md", Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\n")));
}
