using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

public sealed class ChunkCoverTests
{
    [Fact]
    public void Chunks_are_the_text_where_each_begins_as_the_one_before_ends()
    {
        IsWhole(10, (0, 4), (4, 6)).ShouldBeTrue();
        IsWhole(0).ShouldBeTrue();
        IsWhole(1).ShouldBeFalse();
        IsWhole(10, (0, 4), (5, 5)).ShouldBeFalse();
        IsWhole(10, (0, 4), (3, 7)).ShouldBeFalse();
        IsWhole(10, (0, 4), (4, 5)).ShouldBeFalse();
        IsWhole(10, (1, 9)).ShouldBeFalse();
        IsWhole(10, (4, 6), (0, 4)).ShouldBeFalse();
    }

    private static bool IsWhole(int length, params (int, int)[] chunks) => ChunkCover.IsWhole(chunks, chunk => chunk, length);
}
