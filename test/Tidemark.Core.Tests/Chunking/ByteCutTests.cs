using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

/// <summary>Indexes of a bound in bytes keep their cuts, so each place is pinned.</summary>
public sealed class ByteCutTests
{
    [Theory]
    [InlineData("", 4, new[] { 0 })]
    [InlineData("abcd", 4, new[] { 4 })]
    [InlineData("abcde", 4, new[] { 4, 5 })]
    [InlineData("aaaa bbbb", 8, new[] { 5, 9 })]
    [InlineData("aaaa\tbbbb", 8, new[] { 5, 9 })]
    [InlineData("aaa\nb bbb", 8, new[] { 6, 9 })]
    [InlineData("aaaa\nb bbb", 8, new[] { 5, 10 })]
    [InlineData("éééé", 8, new[] { 4 })]
    [InlineData("ééééé", 8, new[] { 4, 5 })]
    [InlineData("😀😀😀", 8, new[] { 4, 6 })]
    [InlineData("a😀😀", 8, new[] { 3, 5 })]
    public void Each_piece_ends_where_it_always_did(string text, int maxBytes, int[] ends) => Cut(text, 0, maxBytes).ShouldBe(ends);

    [Fact]
    public void Pieces_are_about_even_and_none_is_a_leftover()
    {
        var ends = Cut(new string('x', 1_001), 0, 1_000);

        ends.ShouldBe([504, 1_001]);
    }

    [Fact]
    public void Ends_are_counted_from_where_the_text_stands() => Cut("aaaa bbbb", 100, 8).ShouldBe([105, 109]);

    [Fact]
    public void A_bound_is_kept_to_the_byte()
    {
        InputBound.HoldsBytes("éa", 3).ShouldBeTrue();
        InputBound.HoldsBytes("éé", 3).ShouldBeFalse();
        InputBound.HoldsBytes("aaaa", 3).ShouldBeFalse();
        InputBound.HoldsBytes("ee", 2).ShouldBeTrue();
        InputBound.HoldsBytes("\ud800", 3).ShouldBeTrue();
    }

    [Fact]
    public void Any_text_is_given_back_within_the_bound()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var text = NastyText.Of(random, pieces: 12);
            var most = random.Next(8, 60);
            var start = 0;
            foreach (var end in Cut(text, 0, most))
            {
                Encoding.UTF8.GetByteCount(text.AsSpan(start, end - start)).ShouldBeLessThanOrEqualTo(most);
                start = end;
            }

            start.ShouldBe(text.Length);
        }
    }

    private static List<int> Cut(string text, int start, int maxBytes)
    {
        var ends = new List<int>();
        ByteCut.Cut(text, start, maxBytes, ends);
        return ends;
    }
}
