using Shouldly;
using Tidemark.Cli.Output;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Output;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("a\nb\tc\rd", "a\\nb\\tc\\rd")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("right\u202eleft", "right\\u202eleft")]
    [InlineData("ümläut 漢字 👩‍👩‍👧", "ümläut 漢字 👩‍👩‍👧")]
    [InlineData("line\u2028separator", "line\\u2028separator")]
    public void No_control_character_reaches_the_terminal(string text, string expected) =>
        Printable.Escape(text).ShouldBe(expected);

    [Fact]
    public void A_lone_surrogate_is_escaped() =>
        Printable.Escape("lone \ud800 surrogate").ShouldBe("lone \\ud800 surrogate");

    [Theory]
    [InlineData("one  two\n\nthree", 50, "one two three")]
    [InlineData("0123456789", 5, "0123…")]
    [InlineData("012😀456789", 5, "012…")]
    public void A_text_is_shortened_to_one_line(string text, int length, string expected) =>
        Printable.Shorten(text, length).ShouldBe(expected);
}
