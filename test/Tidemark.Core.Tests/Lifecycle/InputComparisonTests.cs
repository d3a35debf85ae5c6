using Shouldly;
using Tidemark.Documents;
using Tidemark.Lifecycle;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Core.Tests.Lifecycle;

/// <summary>Chunks that a document got, kept and lost.</summary>
public sealed class InputComparisonTests
{
    [Theory]
    [InlineData("", "", 0, 0, 0)]
    [InlineData("", "ab", 2, 0, 0)]
    [InlineData("ab", "", 0, 0, 2)]
    [InlineData("abc", "cab", 0, 3, 0)]
    [InlineData("abc", "axc", 1, 2, 1)]
    [InlineData("aab", "ab", 0, 2, 1)]
    [InlineData("ab", "aaab", 2, 2, 0)]
    public void Each_is_compared_with_one_other(string from, string to, int added, int unchanged, int deleted) =>
        InputComparison.Of(Inputs(from), Inputs(to)).ShouldBe(new ChunkCounts(added, 0, unchanged, deleted));

    private static List<ContentHash> Inputs(string letters) => [.. letters.Select(letter => ContentHash.Of($"{letter}"))];
}
