using System.Text;
using System.Text.Json;
using Shouldly;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

public sealed class MarkdownExtractorTests
{
    [Fact]
    public void Front_matter_is_metadata_and_the_body_stays_as_it_is_but_for_line_ends()
    {
        var (text, metadata) = Extract("---\ntitle: A title\ntags: [x, y]\n---\n\n# Body\r\n---\nend");
        text.ShouldBe("\n# Body\n---\nend");
        metadata.ShouldBe("""{"tags":["x","y"],"title":"A title"}""");
    }

    [Theory]
    [InlineData("# No front matter\n")]
    [InlineData("---")]
    [InlineData("---\n")]
    [InlineData("----\ntitle: x\n---\n")]
    [InlineData(" ---\ntitle: x\n---\n")]
    [InlineData("---\njust a paragraph\n---\nmore\n")]
    [InlineData("---\n- a\n- list\n---\nmore\n")]
    [InlineData("---\n{a: 1}: 2\n---\nmore\n")]
    [InlineData("---\nSome prose: with a colon: two\nand a line\nand another\n---\nmore\n")]
    [InlineData("+ + +\na = 1\n+++\n")]
    [InlineData("")]
    public void What_is_no_front_matter_stays_text(string content)
    {
        var (text, metadata) = Extract(content);
        text.ShouldBe(content);
        metadata.ShouldBe("{}");
    }

    [Theory]
    [InlineData("---\n---\nbody", "body")]
    [InlineData("---\n# a comment\n---\nbody", "body")]
    [InlineData("---\r\n---  \r\nbody", "body")]
    [InlineData("---\n...\nbody", "body")]
    [InlineData("---\n---", "")]
    public void Empty_front_matter_is_no_metadata(string content, string body)
    {
        var (text, metadata) = Extract(content);
        text.ShouldBe(body);
        metadata.ShouldBe("{}");
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("12", "12")]
    [InlineData("+012", "12")]
    [InlineData("-0", "-0")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("0x", "\"0x\"")]
    [InlineData("0o8", "\"0o8\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("1.50", "1.50")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5.0")]
    [InlineData("-1.5E+3", "-1.5e3")]
    [InlineData("1e", "\"1e\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData(".", "\".\"")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData(".nan", "\".nan\"")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("2026-01-31", "\"2026-01-31\"")]
    [InlineData("2026-01-31T10:00:00Z", "\"2026-01-31T10:00:00Z\"")]
    [InlineData("\"12\"", "\"12\"")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("a text", "\"a text\"")]
    [InlineData("größer 👍", "\"größer 👍\"")]
    public void Scalars_have_the_types_of_the_core_schema(string yaml, string json)
    {
        var metadata = Extract($"---\na: {yaml}\n---\n").Metadata;
        using var parsed = JsonDocument.Parse(metadata);
        using var expected = JsonDocument.Parse(json);
        JsonElement.DeepEquals(parsed.RootElement.GetProperty("a"), expected.RootElement).ShouldBeTrue(metadata);
    }

    [Fact]
    public void Nested_blocks_aliases_and_long_texts_are_read()
    {
        var yaml = "base: &b {x: 1}\ncopy: *b\nlist:\n  - a: 1\n    b:\n      - deep\n  - |\n    two\n    lines\nfolded: >-\n  one\n  line\n";
        Extract($"---\n{yaml}---\n").Metadata.ShouldBe(
            """{"base":{"x":1},"copy":{"x":1},"folded":"one line","list":[{"a":1,"b":["deep"]},"two\nlines\n"]}""");
    }

    [Fact]
    public void A_byte_order_mark_is_no_text()
    {
        Extract("\uFEFF---\na: 1\n---\nbody").ShouldBe(("body", """{"a":1}"""));
    }

    private static (string Text, string Metadata) Extract(string content)
    {
        var extracted = new MarkdownExtractor().Extract("a.md", Encoding.UTF8.GetBytes(content));
        return (extracted.Text, extracted.Metadata.Json);
    }
}
