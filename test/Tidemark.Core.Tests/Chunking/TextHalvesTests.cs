using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

public sealed class TextHalvesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 0)]
    [InlineData("ab", 1)]
    [InlineData("abcdef", 3)]
    [InlineData("abcdefgh ijkl", 6)]
    [InlineData("abcde fghijkl", 6)]
    [InlineData("abcd efghijkl", 5)]
    [InlineData("abcdefgh\tijkl", 6)]
    [InlineData("abcde fg ijkl", 6)]
    [InlineData("abcde fg\nijkl", 6)]
    public void The_nearest_end_of_a_line_else_of_a_word_in_the_middle_third_is_taken(string text, int middle)
    {
        var found = TextHalves.MiddleOf(text);

        found.ShouldBe(middle, text);
    }

    [Fact]
    public void A_line_end_wins_over_a_nearer_space_and_of_two_as_near_the_first()
    {
        // 24 characters: the middle is 12, the third around it 8 to 16.
        TextHalves.MiddleOf("aaaaaaaaa\nbb bbbbbbbbbbb").ShouldBe(10);
        TextHalves.MiddleOf("aaaaaaaaa\naaaa\nbbbbbbbbb").ShouldBe(10);
        TextHalves.MiddleOf("aaaaaaaaaa\naaa\nbbbbbbbb\n").ShouldBe(11);
        TextHalves.MiddleOf("aaaaaaaa\naaaaa\nbbbbbbbbb").ShouldBe(9);
        TextHalves.MiddleOf("aaaaaaa\naaaaaaaabbbbbbbb").ShouldBe(12);
        TextHalves.MiddleOf("aaaaaaaaaaaaaaaa\nbbbbbbb").ShouldBe(12);
    }

    [Fact]
    public void A_pair_is_never_cut()
    {
        TextHalves.MiddleOf("a😀b").ShouldBe(1);
        TextHalves.MiddleOf("😀").ShouldBe(0);
        TextHalves.MiddleOf("😀😀").ShouldBe(2);
    }
}
