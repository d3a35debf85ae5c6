using Shouldly;
using Tidemark.Indexing;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>
/// A filter that half of all pass, none of them near the query: the graph meets them late and in any order, and what stands beside it
/// must not hide that.
/// </summary>
public sealed class FarFilterTests
{
    private const int InGraph = 10_000;
    private const int Beside = 600;
    private const int Queries = 20;

    private static readonly MetadataFilter Second = new([new MetadataCondition("tenant", ["second"])]);

    [Fact]
    public async Task What_is_found_is_what_is_nearest_of_those_that_pass()
    {
        await using var topics = await OpenAsync(mostCompared: 1_000_000);

        var found = 0;
        for (var query = 0; query < Queries; query++)
        {
            var vector = OfFirstTenant(query);
            var exact = topics.Exact(vector, 10, passes: i => TopicStore.TenantOf(i) == "second");

            var answer = await topics.AnswerAsync(vector, Second, 10);

            (answer.Hits.Count, answer.IsComplete).ShouldBe((10, true));
            found += answer.Hits.Select(hit => hit.Chunk.Document).Intersect(exact, StringComparer.Ordinal).Count();
        }

        (found / (10.0 * Queries)).ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [Fact]
    public async Task Where_more_pass_than_are_compared_the_answer_says_so_and_has_as_many_hits()
    {
        await using var topics = await OpenAsync(mostCompared: 1_000);

        var far = await topics.AnswerAsync(OfFirstTenant(0), Second, 10);
        var near = await topics.AnswerAsync(OfFirstTenant(0), new MetadataFilter([new MetadataCondition("tenant", ["first"])]), 10);

        (far.Hits.Count, far.IsComplete).ShouldBe((10, false));
        far.Hits.ShouldAllBe(hit => hit.Chunk.Metadata.Json.Contains("second", StringComparison.Ordinal));
        (near.Hits.Count, near.IsComplete).ShouldBe((10, true));
    }

    private static async Task<TopicStore> OpenAsync(int mostCompared)
    {
        var topics = await TopicStore.OpenAsync(graphFrom: 1_000, mostCompared);
        await topics.AddAsync(0, InGraph);
        await topics.AddAsync(InGraph, Beside);
        return topics;
    }

    /// <summary>In the midst of a topic that the second tenant has nothing of.</summary>
    private static float[] OfFirstTenant(int query) => TopicStore.VectorOf((1_000_000 * TopicStore.Topics) + (query % (TopicStore.Topics / 2)), query);
}
