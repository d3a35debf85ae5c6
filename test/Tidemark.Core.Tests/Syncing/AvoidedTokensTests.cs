using Shouldly;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class AvoidedTokensTests
{
    [Theory]
    [InlineData(10, 1000, 10, 0, 0, 1, 1000, 0)]
    [InlineData(10, 1000, 3, 0, 0, 1, 300, 0)]
    [InlineData(10, 1000, 30, 0, 0, 1, 1000, 0)]
    [InlineData(0, 0, 5, 0, 0, 1, 0, 0)]
    [InlineData(10, 1000, 5, 80, 30, 1.5, 750, 75)]
    [InlineData(10, 1000, 0, 30, 80, 1, 0, 0)]
    [InlineData(3, 100, 2, 1, 0, 0.7, 47, 1)]
    public void What_stays_counts_by_its_share_and_what_was_not_sent_counts_whole(
        long chunks, long tokens, long kept, long needed, long embedded, double calibration, long unchanged, long reused) =>
        AvoidedTokens.Estimate((chunks, tokens), kept, needed, embedded, (decimal)calibration)
            .ShouldBe(new AvoidedTokens(unchanged, reused));
}
