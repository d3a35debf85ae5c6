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

    [Theory]
    [InlineData("tenant = \"acme\"\nlang = en\nweight = 3", """{"tenant":"acme","weight":3}""", 3)]
    [InlineData("tags = [\"a\", \"b\"\ntenant = \"acme\"\nweight = 3", """{"tenant":"acme","weight":3}""", 2)]
    [InlineData("title = \"open\ntenant = \"acme\"", """{"tenant":"acme"}""", 2)]
    [InlineData("title = \"\"\"\nfirst\nsecond = 1\n\"\"\"\nlang = en", """{"title":"first\nsecond = 1\n"}""", 6)]
    [InlineData("tags = [\n  \"a\",\n  b,\n]\ntenant = \"acme\"", """{"tenant":"acme"}""", 2)]
    [InlineData("tenant = \"acme\"\ntenant = \"other\"", """{"tenant":"other"}""", 3)]
    [InlineData("tenant = \"acme\"\n[extra]\nlang en\nx = 1", """{"extra":{"x":1},"tenant":"acme"}""", 4)]
    public void A_slip_in_TOML_costs_its_own_key(string toml, string metadata, int line)
    {
        var read = Extract($"+++\n{toml}\n+++\nText.\n");
        read.Text.ShouldBe("Text.\n");
        read.Metadata.Json.ShouldBe(metadata);
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith($"line {line} ");
    }

    [Fact]
    public void Keys_of_a_table_that_is_lost_become_no_keys_of_another()
    {
        var read = Extract("+++\ntenant = \"acme\"\n[extra\nx = 1\n[more]\ny = 2\n+++\nText.\n");
        read.Metadata.Json.ShouldBe("""{"more":{"y":2},"tenant":"acme"}""");
        read.Warnings.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("+++\ntenant = \"acme\"\nweight = 3\n\nText.\n", """{"tenant":"acme","weight":3}""")]
    [InlineData("{\n  \"tenant\": \"acme\",\n  \"weight\": 3\n\nText.\n", """{"tenant":"acme","weight":3}""")]
    public void What_is_never_closed_gives_its_keys_and_stays_text(string content, string metadata)
    {
        var read = Extract(content);
        read.Text.ShouldBe(content);
        read.Metadata.Json.ShouldBe(metadata);
        read.Warnings.ShouldHaveSingleItem().Message.ShouldContain("never closed; its keys up to line 3 were taken");
    }

    [Theory]
    [InlineData("{\n \"title\": \"json\"\n \"b\": 1\n}", """{"b":1,"title":"json"}""", 3)]
    [InlineData("{\n  \"tenant\": \"acme\",\n  \"lang\": en,\n  \"n\": 1\n}", """{"n":1,"tenant":"acme"}""", 3)]
    [InlineData("{\n  \"tenant\": \"acme,\n  \"n\": [1, 2]\n}", """{"n":[1,2]}""", 2)]
    [InlineData("{\n  \"tags\": [\n    \"a\",\n    \"b\"\n  \"tenant\": \"acme\"\n}", """{"tenant":"acme"}""", 2)]
    [InlineData("{\"tenant\": \"acme\", \"lang\": en, \"n\": {\"a\": [1, 2]}}", """{"n":{"a":[1,2]},"tenant":"acme"}""", 1)]
    [InlineData("{\n  \"a\": 1,\n  // who\n  \"tenant\": \"acme\",\n  'n': 1\n}", """{"a":1,"tenant":"acme"}""", 5)]
    [InlineData("{\n\"a\": {\n\"b\": x,\n\"c\": 1\n},\n\"n\": 1\n}", """{"n":1}""", 2)]
    public void A_slip_in_JSON_costs_its_own_member(string json, string metadata, int line)
    {
        var read = Extract($"{json}\n\nBody\n");
        read.Text.ShouldBe("\nBody\n");
        read.Metadata.Json.ShouldBe(metadata);
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith($"line {line} ");
    }

    [Theory]
    [InlineData("{\n  'tenant': 'acme'\n}\nText.\n")]
    [InlineData("{\n  tenant: \"acme\",\n  n: 1\n}\nText.\n")]
    [InlineData("---toml\ntenant = \"acme\"\n---\nText.\n")]
    public void What_is_meant_as_front_matter_in_a_notation_that_is_none_is_told(string content)
    {
        var read = Extract(content);
        read.Text.ShouldBe(content);
        read.Metadata.IsEmpty.ShouldBeTrue();
        read.Warnings.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_slip_between_braces_of_YAML_costs_its_own_key()
    {
        var read = Extract("---\n{tenant: acme, title: Price: 2, n: [1, 2]}\n---\nText.\n");
        read.Text.ShouldBe("Text.\n");
        read.Metadata.Json.ShouldBe("""{"n":[1,2],"tenant":"acme"}""");
        read.Warnings.ShouldHaveSingleItem().Message.ShouldContain("line 2 of 'docs/a.md': the value of 'title'");
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
