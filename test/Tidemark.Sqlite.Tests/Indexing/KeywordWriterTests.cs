using Shouldly;
using Xunit;

namespace Tidemark.Sqlite.Tests.Indexing;

public sealed class KeywordWriterTests
{
    [Fact]
    public async Task Small_changes_merge_segments_so_that_a_long_life_does_not_slow_queries()
    {
        await using var bench = await IndexBench.OpenAsync(20);

        for (var change = 1; change <= 60; change++)
        {
            await bench.ListAsync(Enumerable.Range(change, 20));
        }

        bench.Scalar("SELECT count(DISTINCT segid) FROM keyword_1_idx").ShouldBeLessThan(20);
        (await bench.CheckAsync()).IsClean.ShouldBeTrue();
    }
}
