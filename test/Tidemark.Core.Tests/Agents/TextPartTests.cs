using Shouldly;
using Tidemark.Agents;
using Xunit;

namespace Tidemark.Tests.Agents;

public sealed class TextPartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(50)]
    public void All_parts_one_after_another_are_the_text_and_no_character_is_torn(int most)
    {
        const string Text = "one\n😀😀two\nthree😀 and\r\nmore words without an end 😀";
        var parts = new List<string>();
        for (var at = 0; at < Text.Length;)
        {
            var part = TextPart.Of(Text, at, most);
            parts.Add(Text.Substring(part.Start, part.Length));
            part.Start.ShouldBe(at);
            at = part.End;
        }

        string.Concat(parts).ShouldBe(Text);
        parts.ShouldAllBe(part => !char.IsLowSurrogate(part.First()) && !char.IsHighSurrogate(part.Last()));
        parts.ShouldAllBe(part => part.Length <= Math.Max(2, most));
    }

    [Fact]
    public void A_part_ends_with_a_line_where_one_ends_near() =>
        TextPart.Of("12345678\nabc\nxyz", 0, 10).ShouldBe(new TextPart(0, 9));

    [Fact]
    public void Where_no_line_ends_near_it_ends_anyway() => TextPart.Of("1\n34567890123", 0, 10).ShouldBe(new TextPart(0, 10));

    [Fact]
    public void An_offset_inside_of_a_pair_begins_with_the_pair() => TextPart.Of("a😀b", 2, 5).ShouldBe(new TextPart(1, 3));

    [Fact]
    public void Behind_the_text_there_is_nothing_to_read()
    {
        TextPart.Of("abc", 3, 5).ShouldBe(new TextPart(3, 0));
        Should.Throw<TidemarkException>(() => TextPart.Of("abc", 4, 5)).Message.ShouldBe("'offset' is 4, and the text has 3 characters");
    }
}
