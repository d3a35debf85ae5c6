using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>A typo in front matter costs the key that it stands in, and is told with its line.</summary>
public sealed class FrontMatterWarningTests
{
    [Fact]
    public void One_typo_costs_one_key_and_is_named_with_file_line_and_key()
    {
        var read = Extract("---\ntenant: acme\ntitle: Price list: 2027\ntags:\n- a\n- b\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe("""{"tags":["a","b"],"tenant":"acme"}""");
        var warning = read.Warnings.ShouldHaveSingleItem();
        warning.Item.ShouldBe("docs/a.md");
        warning.Code.ShouldBe(ErrorCodes.SourceFrontMatter);
        warning.Message.ShouldStartWith("line 3 of 'docs/a.md': the value of 'title'");
        warning.Remedy.ShouldContain("quotes");
    }

    [Theory]
    [InlineData("title: \"open", "title", 2)]
    [InlineData("ok: 1\ntitle: [1, 2", "title", 3)]
    [InlineData("title: Jekyll {{ site.x }}\nd: {{ y }}\nok: 1", "d", 3)]
    [InlineData("# a comment\n\nok: 1\nd: *unknown", "d", 5)]
    [InlineData("ok: 1\nd: \"\\0\"", "d", 3)]
    [InlineData("ok: 1\nd: &a [*a]", "d", 3)]
    [InlineData("ok: 1\nd: @mention", "d", 3)]
    [InlineData("ok: 1\n'd e': %", "d e", 3)]
    [InlineData("ok: 1\nd:\n\tx: 1", "d", 3)]
    [InlineData("ok: 1\nd: 'it's'\nlater: 2", "d", 3)]
    public void The_line_and_the_key_are_those_of_the_typo(string yaml, string key, int line)
    {
        var read = Extract($"---\n{yaml}\n---\nBody\n");

        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith($"line {line} of 'docs/a.md': the value of '{key}'");
        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.Contains("\"ok\":1", StringComparison.Ordinal).ShouldBe(yaml.Contains("ok: 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("----")]
    [InlineData("----------")]
    [InlineData(" ---")]
    [InlineData("\t---  ")]
    [InlineData("  ...")]
    public void An_end_that_is_not_quite_one_is_taken_and_told(string end)
    {
        var read = Extract($"---\ntenant: acme\ntitle: x\n{end}\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe("""{"tenant":"acme","title":"x"}""");
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 4 of 'docs/a.md': this line was taken for the end");
    }

    [Fact]
    public void A_rule_further_down_does_not_hide_an_end_that_is_not_quite_one()
    {
        var read = Extract("---\ntenant: acme\nb: 1\n----\nBody\n\n---\nMore\n");

        read.Text.ShouldBe("Body\n\n---\nMore\n");
        read.Metadata.Json.ShouldBe("""{"b":1,"tenant":"acme"}""");
    }

    [Fact]
    public void What_looks_like_an_end_within_a_value_is_none()
    {
        var read = Extract("---\ntext: |\n  a\n  ---\n  b\nc: 1\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe("""{"c":1,"text":"a\n---\nb\n"}""");
        read.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("---\ntenant: acme\n\n# Title\n\nBody\n")]
    [InlineData("---\ntenant: acme\nBody without a key\n")]
    [InlineData("---\ntenant: acme")]
    [InlineData("---\ntenant: acme\n\nBody\n\n- - -\n\nMore\n")]
    public void Front_matter_that_is_never_closed_gives_its_keys_and_stays_text(string file)
    {
        var read = Extract(file);

        read.Text.ShouldBe(file);
        read.Metadata.Json.ShouldBe("""{"tenant":"acme"}""");
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 1 of 'docs/a.md': the front matter that begins here");
    }

    [Theory]
    [InlineData("# Pier\n\nOne paragraph.\n\nAnother one.\n\n---\n\nMore\n")]
    [InlineData("# Pontoons\n\nNobody goes out in a storm.\n\n---\n\nSee also: visitors.\n")]
    [InlineData("Welcome to the pier.\n\nRules\n-----\nNo swimming.\n")]
    [InlineData("An example:\n\n```\n---\nlayout: page\n---\n```\n")]
    [InlineData("- a bullet\n  ---\n- another\n\nProse\n")]
    public void A_rule_of_the_text_closes_no_front_matter(string body)
    {
        var file = $"---\ntenant: acme\ntitle: x\n\n{body}";

        var read = Extract(file);

        read.Text.ShouldBe(file);
        read.Metadata.Json.ShouldBe("""{"tenant":"acme","title":"x"}""");
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 1 of 'docs/a.md': the front matter that begins here");
    }

    [Fact]
    public void A_slip_behind_a_blank_line_costs_that_line()
    {
        var read = Extract("---\ntenant: acme\n\ntitle x\nlang: en\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe("""{"lang":"en","tenant":"acme"}""");
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 4 of 'docs/a.md': 'title x'");
    }

    [Theory]
    [InlineData("----\ntenant: acme\n---\nBody\n")]
    [InlineData(" ---\ntenant: acme\n---\nBody\n")]
    public void A_beginning_that_is_not_quite_one_is_text_and_told(string file)
    {
        var read = Extract(file);

        read.Text.ShouldBe(file);
        read.Metadata.IsEmpty.ShouldBeTrue();
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 1 of 'docs/a.md': what follows looks like front matter");
    }

    [Theory]
    [InlineData("tenant:acme\ntitle: x", """{"title":"x"}""", "line 2 of 'docs/a.md': 'tenant:acme'")]
    [InlineData("tenant:acme", "{}", "line 2 of 'docs/a.md': 'tenant:acme'")]
    [InlineData("title: x\ntenant:acme", """{"title":"x"}""", "line 3 of 'docs/a.md': 'tenant:acme'")]
    [InlineData("%x: y\ntenant: acme", """{"tenant":"acme"}""", "line 2 of 'docs/a.md': '%x: y'")]
    [InlineData("tenant: acme\n  title: x", """{"tenant":"acme"}""", "line 3 of 'docs/a.md': 'title'")]
    [InlineData("tenant: acme\n\ttitle: x\nlater: 1", """{"later":1,"tenant":"acme"}""", "line 3 of 'docs/a.md': 'title'")]
    [InlineData("tenant: acme\n- item", """{"tenant":"acme"}""", "line 3 of 'docs/a.md': what follows the value of 'tenant'")]
    public void A_slip_of_one_line_costs_that_line_and_is_told(string yaml, string json, string warning)
    {
        var read = Extract($"---\n{yaml}\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe(json);
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith(warning);
    }

    [Theory]
    [InlineData("---\n\nA rule first.\n")]
    [InlineData("---\nProse: with a colon is a key to anybody, but this is\nmostly\nprose\nhere.\n---\nBody\n")]
    [InlineData("---\nhttp://example.org\n---\nBody\n")]
    [InlineData("---\nstd::vector is a type\n---\nBody\n")]
    [InlineData("---\n12:30 lunch\n---\nBody\n")]
    [InlineData("---\n# Title\n\nBody\n---\n")]
    [InlineData("---\n")]
    [InlineData("---")]
    public void A_rule_with_prose_behind_it_is_text_and_nothing_is_told(string file)
    {
        var read = Extract(file);

        read.Text.ShouldBe(file);
        read.Metadata.IsEmpty.ShouldBeTrue();
        read.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Where_no_key_can_be_read_each_is_told()
    {
        var read = Extract("---\ntitle: \"Unclosed\nx: [1\n---\nBody\n");

        read.Warnings.Select(w => w.Message[..6]).ShouldBe(["line 2", "line 3"]);
        read.Metadata.IsEmpty.ShouldBeTrue();
        read.Text.ShouldBe("Body\n");
    }

    [Fact]
    public void A_line_without_a_key_is_told()
    {
        var read = Extract("---\ntitle: x\ntenant acme\n---\nBody\n");

        read.Metadata.Json.ShouldBe("""{"title":"x"}""");
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 3 of 'docs/a.md': 'tenant acme'");
    }

    [Fact]
    public void A_key_that_stands_twice_is_told_and_the_last_one_counts()
    {
        var read = Extract("---\ntitle: dup\ntitle: dup2\nn: {a: 1, a: 2}\n---\nBody\n");

        read.Metadata.Json.ShouldBe("""{"n":{"a":2},"title":"dup2"}""");
        read.Warnings[0].Message.ShouldStartWith("line 3 of 'docs/a.md': 'title' stands more than once");
        read.Warnings[1].Message.ShouldStartWith("line 4 of 'docs/a.md': 'a' stands more than once");
        read.Warnings.Count.ShouldBe(2);
    }

    [Fact]
    public void What_an_anchor_names_holds_beside_a_typo()
    {
        var read = Extract("---\nbase: &b {x: 1}\ncopy: *b\nbad: a: b\n---\nBody\n");
        read.Metadata.Json.ShouldBe("""{"base":{"x":1},"copy":{"x":1}}""");
    }

    [Fact]
    public void Blank_lines_before_front_matter_do_not_hide_it()
    {
        var read = Extract("\n \n---\ntitle: Lead blank\nbad: a: b\n---\nBody\n");

        read.Text.ShouldBe("Body\n");
        read.Metadata.Json.ShouldBe("""{"title":"Lead blank"}""");
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 5 ");
    }

    [Fact]
    public void A_line_of_TOML_that_cannot_be_read_is_told_and_costs_no_other()
    {
        var read = Extract("+++\ntitle = \"Ferry\"\ntenant: acme\ntags = [\"a\"]\n+++\n\nThe ferry leaves at nine.\n");

        read.Text.ShouldBe("\nThe ferry leaves at nine.\n");
        read.Metadata.Json.ShouldBe("""{"tags":["a"],"title":"Ferry"}""");
        read.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith("line 3 of 'docs/a.md': 'tenant: acme'");
    }

    [Fact]
    public void Good_front_matter_and_none_are_not_mentioned()
    {
        Extract("---\ntitle: x\n---\nBody\n").Warnings.ShouldBeEmpty();
        Extract("---\nprose\n---\nBody\n").Warnings.ShouldBeEmpty();
        Extract("# Body\n").Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Many_typos_are_told_some_of_them()
    {
        var read = Extract($"---\n{string.Concat(Enumerable.Range(0, 500).Select(i => $"k{i}: a: b\n"))}ok: 1\n---\nBody\n");

        read.Warnings.Count.ShouldBe(20);
        read.Metadata.Json.ShouldBe("""{"ok":1}""");
    }

    [Fact]
    public void Aliases_that_multiply_cost_the_keys_that_multiply_them()
    {
        var bomb = new StringBuilder("---\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 30; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var read = Extract($"{bomb}---\nbody");

        read.Text.ShouldBe("body");
        read.Warnings.ShouldNotBeEmpty();
        read.Metadata.Json.Length.ShouldBeLessThan(3_000_000);
    }

    public static TheoryData<string> Hostile { get; } =
    [
        $"a: {new string('[', 200_000)}{new string(']', 200_000)}",
        $"a:\n {string.Concat(Enumerable.Repeat("- ", 500_000))}x",
        $"a:\n {string.Concat(Enumerable.Repeat("? ", 500_000))}x",
        $"a: {string.Concat(Enumerable.Repeat("{a: ", 200_000))}1{new string('}', 200_000)}",
    ];

    /// <summary>Takes hours where a parser's time grows with the square of the depth.</summary>
    [Theory]
    [MemberData(nameof(Hostile))]
    public void Nesting_without_end_costs_its_key(string yaml)
    {
        var read = Extract($"---\nok: 1\n{yaml}\n---\nbody");

        read.Text.ShouldBe("body");
        read.Metadata.Json.ShouldBe("""{"ok":1}""");
        read.Warnings.ShouldHaveSingleItem().Message.ShouldContain("'a'");
    }

    private static ExtractedText Extract(string content) =>
        new MarkdownExtractor().Extract("docs/a.md", Encoding.UTF8.GetBytes(content));
}
