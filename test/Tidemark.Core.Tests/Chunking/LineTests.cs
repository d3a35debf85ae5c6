using Shouldly;
using Tidemark.Chunking.Structure;
using Xunit;

namespace Tidemark.Chunking;

/// <summary>What the first characters of a line say, as CommonMark and reStructuredText have it.</summary>
public sealed class LineTests
{
    [Theory]
    [InlineData("# a", 1)]
    [InlineData("#\ta", 1)]
    [InlineData("#", 1)]
    [InlineData("   ## a", 2)]
    [InlineData("###### a", 6)]
    [InlineData("####### a", 0)]
    [InlineData("    # a", 0)]
    [InlineData("\t# a", 0)]
    [InlineData("#a", 0)]
    [InlineData("a # b", 0)]
    public void A_heading_has_a_depth(string line, int depth) => Of(line).HeadingDepth(line).ShouldBe(depth);

    [Theory]
    [InlineData("- a", 2)]
    [InlineData("* a", 2)]
    [InlineData("+\ta", 2)]
    [InlineData("  - a", 2)]
    [InlineData("1. a", 3)]
    [InlineData("1) a", 3)]
    [InlineData("123456789. a", 11)]
    [InlineData("1234567890. a", 0)]
    [InlineData("-a", 0)]
    [InlineData("-", 0)]
    [InlineData("1.a", 0)]
    [InlineData("1.", 0)]
    [InlineData("12", 0)]
    [InlineData("1: a", 0)]
    [InlineData("a. b", 0)]
    [InlineData(". b", 0)]
    public void An_item_of_a_list_has_a_marker(string line, int length) => Of(line).MarkerLength(line).ShouldBe(length);

    [Theory]
    [InlineData("```", true)]
    [InlineData("````cs", true)]
    [InlineData("~~~ a`b", true)]
    [InlineData("``", false)]
    [InlineData("``` a`b", false)]
    [InlineData("---", false)]
    public void A_fence_opens_with_three_signs(string line, bool opens) => Of(line).OpensFence(line).ShouldBe(opens);

    [Theory]
    [InlineData("---", true)]
    [InlineData("***", true)]
    [InlineData("   ____", true)]
    [InlineData("--", false)]
    [InlineData("===", false)]
    [InlineData("--- a", false)]
    [InlineData("    ---", false)]
    public void A_break_is_a_rule_of_three_signs(string line, bool isBreak) => Of(line).IsThematicBreak.ShouldBe(isBreak);

    [Theory]
    [InlineData("====", true)]
    [InlineData("~~~~~", true)]
    [InlineData("===", false)]
    [InlineData("====a", false)]
    [InlineData("aaaa", false)]
    [InlineData("1111", false)]
    [InlineData("————", false)]
    [InlineData("", false)]
    public void A_title_may_stand_under_a_rule_of_four_signs(string line, bool isOverline) => Of(line).IsOverline.ShouldBe(isOverline);

    [Theory]
    [InlineData("--- | ---", true)]
    [InlineData(":-:|-:", true)]
    [InlineData("---", false)]
    [InlineData("|", false)]
    [InlineData("a | -", false)]
    public void The_head_of_a_table_ends_with_a_row_of_dashes(string line, bool isDelimiter) => Of(line).IsTableDelimiter(line).ShouldBe(isDelimiter);

    [Theory]
    [InlineData("| a", true)]
    [InlineData("+--+==+", true)]
    [InlineData("+-+", true)]
    [InlineData("+-", false)]
    [InlineData("++-+", false)]
    [InlineData("+ a", false)]
    [InlineData("a | b", false)]
    [InlineData("-=-=-", false)]
    public void A_table_is_told_by_its_pipe_or_its_border(string line, bool isRow) => Of(line).IsTableRow(line).ShouldBe(isRow);

    [Theory]
    [InlineData("a", 0)]
    [InlineData("   a", 3)]
    [InlineData("\ta", 4)]
    [InlineData("  \ta", 4)]
    [InlineData("    \ta", 8)]
    [InlineData("\t a", 5)]
    public void An_indent_is_counted_in_columns(string line, int indent) => Of(line).Indent.ShouldBe(indent);

    [Fact]
    public void A_line_is_told_from_the_next()
    {
        const string text = "a\n  bb \t\r\n\n   \nc";
        (int Start, int Content, int End, int Next, bool IsBlank)[] expected =
            [(0, 0, 1, 2, false), (2, 4, 6, 10, false), (10, 10, 10, 11, true), (11, 11, 11, 15, true), (15, 15, 16, 16, false)];

        expected.Select(one => new Line(text, one.Start)).Select(line => (line.Start, line.Content, line.End, line.Next, line.IsBlank)).ShouldBe(expected);
    }

    private static Line Of(string line) => new(line, 0);
}
