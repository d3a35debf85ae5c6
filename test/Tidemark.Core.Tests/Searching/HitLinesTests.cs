using Shouldly;
using Tidemark.Indexing;
using Tidemark.Searching;
using Xunit;

namespace Tidemark.Tests.Searching;

public sealed class HitLinesTests
{
    private const string Text = "one\ntwo\n\nthree\nfour\n\ntwo\n";

    [Theory]
    [InlineData(0, "one\n", 1, 1)]
    [InlineData(4, "two\n\nthree\n", 2, 4)]
    [InlineData(7, "\n\nthree\nfour\n\n", 4, 5)]
    [InlineData(21, "two\n", 7, 7)]
    [InlineData(0, Text, 1, 7)]
    [InlineData(5, "three\n", 4, 4)]
    [InlineData(null, "four", 5, 5)]
    [InlineData(999, "four", 5, 5)]
    public void Lines_are_counted_from_one_without_blank_ones_around(int? start, string chunk, int first, int last) =>
        HitLines.Of(Text, start, chunk).ShouldBe(new LineSpan(first, last));

    [Fact]
    public void A_chunk_that_the_text_has_not_any_more_has_no_lines() => HitLines.Of(Text, 0, "gone").ShouldBeNull();
}
