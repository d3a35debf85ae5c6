using System.Diagnostics;
using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>A table of slips: what is kept of the keys, and what is said. None is silent, and no text is lost.</summary>
public sealed class FrontMatterSlipTests
{
    private const string Kept = """{"lang":"en","tags":["x"]}""";

    [Theory]
    [InlineData("Tenant - acme")]
    [InlineData("tenant = acme")]
    [InlineData("tenant acme")]
    [InlineData("[tenant: acme]")]
    [InlineData("tenant：acme")]
    [InlineData("\"tenant: acme\"")]
    [InlineData("- tenant: acme")]
    [InlineData("%YAML 1.2")]
    [InlineData("<tenant>acme</tenant>")]
    public void A_slip_in_the_first_line_costs_that_line_and_is_told(string slip)
    {
        var read = Extract($"---\n{slip}\nlang: en\ntags: [x]\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe(Kept);
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith($"line 2 of 'docs/a.md': '{slip}'");
    }

    [Theory]
    [InlineData("tenant = acme")]
    [InlineData("tenant：acme")]
    [InlineData("[tags: a]")]
    public void A_slip_that_is_all_there_is_is_told(string slip) =>
        Extract($"---\n{slip}\n---\nBody\n").Warnings.ShouldHaveSingleItem().Message.ShouldStartWith($"line 2 of 'docs/a.md': '{slip}'");

    [Theory]
    [InlineData("\ttenant: acme\n\tlang: en", """{"lang":"en","tenant":"acme"}""", 2)]
    [InlineData("# c\n\ttenant: acme\nlang: en", """{"lang":"en","tenant":"acme"}""", 0)]
    [InlineData("\ttenant: acme", """{"tenant":"acme"}""", 2)]
    [InlineData(" \ttenant: acme\n \ttags:\n \t- a", """{"tags":["a"],"tenant":"acme"}""", 2)]
    public void Keys_that_are_indented_by_a_tab_are_read_and_told(string yaml, string json, int line)
    {
        var read = Extract($"---\n{yaml}\n---\nBody\n");

        read.Warnings.ShouldNotBeEmpty();
        if (line > 0)
        {
            read.Text.ShouldBe("Body\n");
            read.Metadata.Json.ShouldBe(json);
            read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith($"line {line} of 'docs/a.md': the front matter is indented by a tab");
        }
    }

    [Theory]
    [InlineData("tenant: acme\nfoo\nbar", """{"tenant":"acme"}""")]
    [InlineData("tenant: acme\nfoo\nbar\nbaz\nand so on", """{"tenant":"acme"}""")]
    [InlineData("tenant acme\nfoo\nlang: en", """{"lang":"en"}""")]
    public void Where_few_lines_are_keys_they_are_taken_and_the_text_keeps_all(string yaml, string json)
    {
        var file = $"---\n{yaml}\n---\nBody\n";

        var read = Extract(file);

        read.Text.ShouldBe(file);
        read.Metadata.Json.ShouldBe(json);
        read.Warnings[0].Message.ShouldStartWith("line 1 of 'docs/a.md': what begins here has keys");
        read.Warnings[1].Message.ShouldContain("is no 'key: value'");
    }

    [Theory]
    [InlineData("--- # c")]
    [InlineData("—")]
    [InlineData("———")]
    [InlineData("−−−")]
    [InlineData("--")]
    [InlineData("---yaml")]
    [InlineData("\u200B---")]
    [InlineData("%YAML 1.2\n---")]
    [InlineData("---\n%YAML 1.2\n---")]
    public void A_beginning_that_is_none_is_told_and_all_of_it_text(string opening)
    {
        var file = $"{opening}\ntenant: acme\n---\nBody\n";

        var read = Extract(file);

        read.Text.ShouldBe(file);
        read.Metadata.IsEmpty.ShouldBeTrue();
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 1 of 'docs/a.md': what follows looks like front matter");
    }

    [Theory]
    [InlineData("Tenant - acme")]
    [InlineData("Tenant - acme\nLang – en")]
    [InlineData("tenant -> acme")]
    [InlineData("tenant — acme")]
    public void Lines_that_may_be_keys_or_a_heading_are_told_and_stay_text(string yaml)
    {
        var file = $"---\n{yaml}\n---\nBody\n";

        var read = Extract(file);

        read.Text.ShouldBe(file);
        read.Metadata.IsEmpty.ShouldBeTrue();
        read.Warnings[0].Message.ShouldStartWith("line 1 of 'docs/a.md': what begins here looks like front matter");
        read.Warnings[1].Message.ShouldStartWith($"line 2 of 'docs/a.md': '{yaml.Split('\n')[0]}'");
    }

    /// <summary>YAML takes a heading for a comment: what lies between it and the next rule was lost then.</summary>
    [Theory]
    [InlineData("# Title\n---\nMore\n")]
    [InlineData("\n# Title\n\n---\n\nMore\n")]
    [InlineData("# Title\n\n- item\n- item\n\n---\nMore\n")]
    [InlineData("# Title\n- item\n---\nMore\n")]
    [InlineData("# Title\n\nSee also: the harbour\n\n---\nMore\n")]
    [InlineData("\n## Install: Linux\n\n### [1.2.0] and later\n\n---\nMore\n")]
    [InlineData("# Title\n----\nMore\n")]
    [InlineData("# Title\n\n  indented\n---\nMore\n")]
    public void A_heading_behind_the_keys_is_text_whatever_rule_comes_behind_it(string body)
    {
        var file = $"---\ntenant: acme\n{body}";

        var read = Extract(file);

        read.Text.ShouldBe(file);
        read.Metadata.Json.ShouldBe("""{"tenant":"acme"}""");
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith(
            "line 1 of 'docs/a.md': the front matter that begins here is never closed; its keys up to line 2 were taken");
    }

    [Fact]
    public void Keys_that_are_indented_in_two_ways_stay_text()
    {
        const string file = "---\n lang: en\n\ttenant: acme\n---\nBody\n";

        Extract(file).Text.ShouldBe(file);
    }

    [Fact]
    public void A_heading_between_two_rules_is_text()
    {
        const string file = "---\n\n# Title\n\n---\nBody\n";

        (Extract(file).Text, Extract(file).Warnings.Count).ShouldBe((file, 0));
    }

    [Theory]
    [InlineData("tenant: acme\n# lang: en")]
    [InlineData("tenant: acme\n#lang en")]
    [InlineData("tenant: acme\n# Of the build\nlang: en")]
    [InlineData("# Of the build\n\ntenant: acme")]
    [InlineData("# Of the build\n# and more")]
    [InlineData("tenant: acme\n# ---- Build ----\n\n# Of it all\nTitle: Ferry")]
    [InlineData("tags:\n# The first ones\n- a\n# - b\n- c\n# Of the team\nowner:\n# The name\n  team: a")]
    [InlineData("desc: |\n  # Title\n  text")]
    public void A_comment_of_front_matter_is_none_of_the_text(string yaml)
    {
        var read = Extract($"---\n{yaml}\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{tenant: acme")]
    [InlineData("{tenant: acme,")]
    [InlineData("{tenant: acme,\n lang: en", """{"lang":"en","tenant":"acme"}""")]
    [InlineData("{tenant: acme\nlang: en", """{"lang":"en","tenant":"acme"}""")]
    [InlineData("lang: en\n{tenant: acme", """{"lang":"en","tenant":"acme"}""", 3)]
    public void A_brace_that_is_never_closed_costs_no_key_and_is_told(string yaml, string json = """{"tenant":"acme"}""", int line = 2)
    {
        var read = Extract($"---\n{yaml}\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe(json);
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith($"line {line} of 'docs/a.md': '{{tenant: acme");
    }

    [Theory]
    [InlineData("tenant:\u00A0acme")]
    [InlineData("tenant:\u3000\u00A0 acme\nlang: en", """{"lang":"en","tenant":"acme"}""")]
    [InlineData("lang: en\ntenant:\u2003acme", """{"lang":"en","tenant":"acme"}""", 3)]
    public void A_blank_behind_a_colon_that_is_no_space_costs_no_key_and_is_told(
        string yaml, string json = """{"tenant":"acme"}""", int line = 2)
    {
        var read = Extract($"---\n{yaml}\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe(json);
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith($"line {line} of 'docs/a.md': behind the colon of 'tenant'");
    }

    [Fact]
    public void Dashes_that_a_text_program_joined_are_told_at_both_ends()
    {
        Extract("—\ntenant: acme\n—\nBody\n").Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 1 ");
        Extract("---\ntenant: acme\n—\nBody\n").Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 3 ");
    }

    [Fact]
    public void A_second_byte_order_mark_hides_nothing()
    {
        var read = Extract("\uFEFF\uFEFF---\ntenant: acme\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe("""{"tenant":"acme"}""");
    }

    [Theory]
    [InlineData("tenant: acme\n\nlang: en\n\nProse: with a colon, and more of it.\n", """{"lang":"en","tenant":"acme"}""", 4)]
    [InlineData("desc: |\n  one\n\n  two\nlang: en\n\nProse.\n", """{"desc":"one\n\ntwo\n","lang":"en"}""", 6)]
    [InlineData("desc: >-\n  one\n\n\n  two\n\nProse.\n", """{"desc":"one\n\ntwo"}""", 6)]
    [InlineData("tags:\n\n  - a\n\n- a bullet\n", """{"tags":["a"]}""", 4)]
    [InlineData("tenant: acme\nfoo bar\nlang: en\n\nProse.\n", """{"lang":"en","tenant":"acme"}""", 4)]
    [InlineData("Tenant - acme\nlang: en\ntitle: x\n\nProse.\n", """{"lang":"en","title":"x"}""", 4)]
    [InlineData("\ntenant: acme\n\nProse.\n", """{"tenant":"acme"}""", 3)]
    public void What_is_never_closed_gives_the_keys_up_to_the_line_that_is_named(string yaml, string json, int line)
    {
        var file = $"---\n{yaml}";

        var read = Extract(file);

        read.Text.ShouldBe(file);
        read.Metadata.Json.ShouldBe(json);
        read.Warnings[0].Message.ShouldStartWith(
            $"line 1 of 'docs/a.md': the front matter that begins here is never closed; its keys up to line {line} were taken");
    }

    [Theory]
    [InlineData("owner:\n  team: a\n  team: b", """{"owner":{"team":"b"}}""", "line 4 of 'docs/a.md': 'team' stands more than once")]
    [InlineData("owner:\n  team:ops", """{"owner":"team:ops"}""", "line 3 of 'docs/a.md': 'team:ops'")]
    [InlineData("tags:\n  -a", """{"tags":"-a"}""", "line 3 of 'docs/a.md': '-a'")]
    [InlineData("tags:\n  - a\n  -b", "{}", "line 2 of 'docs/a.md': the value of 'tags'")]
    [InlineData("bad: a: b\ntags:\n  -a", """{"tags":"-a"}""", "line 4 of 'docs/a.md': '-a'")]
    [InlineData("tenant: acme\n - x", """{"tenant":"acme - x"}""", "line 3 of 'docs/a.md': '- x' in the front matter is no item of a list, for 'tenant'")]
    [InlineData("tags:\n  - a\n    - b", """{"tags":["a - b"]}""", "line 4 of 'docs/a.md': '- b' in the front matter is no item of a list, for 'tags'")]
    [InlineData("a: {b: 1}\nowner:\n  team: a\n    - b\nc: 2", """{"a":{"b":1},"c":2,"owner":{"team":"a - b"}}""", "line 5 of 'docs/a.md': '- b' in the front matter is no item of a list, for 'team'")]
    [InlineData("\u00A0tenant: acme", """{"tenant":"acme"}""", "line 2 of 'docs/a.md': around the key 'tenant'")]
    [InlineData("lang: en\n\u200Btenant: acme", """{"lang":"en","tenant":"acme"}""", "line 3 of 'docs/a.md': around the key 'tenant'")]
    [InlineData("tenant:: acme", """{"tenant":"acme"}""", "line 2 of 'docs/a.md': around the key 'tenant'")]
    [InlineData("tenant: \u00A0acme", "{\"tenant\":\"\\u00A0acme\"}", "line 2 of 'docs/a.md': around 'acme'")]
    public void What_YAML_reads_and_nobody_means_is_told(string yaml, string json, string warning)
    {
        var read = Extract($"---\n{yaml}\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe(json);
        read.Warnings[^1].Message.ShouldStartWith(warning);
    }

    [Fact]
    public void Thousands_of_slips_are_said_and_cost_no_key_that_can_be_read()
    {
        var slips = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"k{i}: a: b\n"));
        var watch = Stopwatch.StartNew();

        var read = Extract($"---\nfirst: 1\n{slips}tenant: acme\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe("""{"first":1,"tenant":"acme"}""");
        read.Warnings.Count.ShouldBe(20);
        read.Warnings[^1].Message.ShouldContain("2981 lines that are not listed here");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("---\nWelcome to the pier.\n\nOne paragraph.\n")]
    [InlineData("---\n\nSee also: the harbour\n\nRules\n---\nNo swimming.\n")]
    [InlineData("---\nRules:\n\n- no swimming\n\n---\n\nMore\n")]
    [InlineData("---\nThe pier is closed,\nthe harbour: open as ever it was.\n---\nBody\n")]
    [InlineData("---\n\tcode\n\tmore code\n---\n")]
    [InlineData("---\nx = y is an equation\n\nProse\n")]
    [InlineData("---\n- a\n- b\n---\nBody\n")]
    [InlineData("—\nA dash, and what somebody said.\n\n---\n\nMore\n")]
    [InlineData("---\ntitle: x\nurl:\n  https://example.org/a\nimage: nginx:latest\nargs: [\n  a:b,\n  -x ]\nrange: 1-2\n---\n")]
    [InlineData("---\ndesc: |\n  -a\n  team:ops\nquoted:\n  \"-a\"\nat:\n  -5\n---\n")]
    public void What_is_no_slip_is_not_told(string file) => Extract(file).Warnings.ShouldBeEmpty();

    [Theory]
    [InlineData("---\nWelcome to the pier.\n\nOne paragraph.\n")]
    [InlineData("---\n\nSee also: the harbour\n\nRules\n---\nNo swimming.\n")]
    [InlineData("---\nThe pier is closed,\nthe harbour: open as ever it was.\n---\nBody\n")]
    public void A_text_that_begins_with_a_rule_stays_whole(string file) => Extract(file).Text.ShouldBe(file);

    private static ExtractedText Extract(string content) =>
        new MarkdownExtractor().Extract("docs/a.md", Encoding.UTF8.GetBytes(content));
}
