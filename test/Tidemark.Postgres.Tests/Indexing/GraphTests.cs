using Shouldly;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>Searching by the HNSW index: close to exact, as many hits as asked for behind any filter, only live chunks.</summary>
public sealed class GraphTests : IAsyncLifetime
{
    private const int Count = 4_000;

    private TopicStore _topics = null!;

    public async ValueTask InitializeAsync()
    {
        _topics = await TopicStore.OpenAsync(graphFrom: 1_000);
        await _topics.AddAsync(0, Count);
    }

    public ValueTask DisposeAsync() => _topics.DisposeAsync();

    [Fact]
    public async Task The_index_is_built_at_the_end_of_the_run_that_makes_the_generation_large()
    {
        (await TestServer.CountIndexesAsync(_topics.Store.Schema, "hnsw", "vectors")).ShouldBe(1);
        (await TestServer.CountIndexesAsync(_topics.Store.Schema, "gin", "keywords")).ShouldBe(2);
    }

    [Fact]
    public async Task Its_recall_is_close_to_exact_and_scores_are_exact()
    {
        var found = 0;
        for (var query = 0; query < 50; query++)
        {
            var vector = TopicStore.VectorOf(100_000 + query, 0);
            var exact = _topics.Exact(vector, 10);
            var hits = await _topics.SearchAsync(vector, MetadataFilter.None, 10);

            hits.Count.ShouldBe(10);
            hits.ShouldBe(hits.Order(HitOrder.Instance));
            hits.ShouldAllBe(hit => Math.Abs(hit.Score - _topics.SimilarityOf(hit.Chunk.Document, vector)) < 1e-5);
            found += hits.Select(hit => hit.Chunk.Document).Intersect(exact, StringComparer.Ordinal).Count();
        }

        (found / 500.0).ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [Theory]
    [InlineData("half", "1", 10)]
    [InlineData("half", "1", 300)]
    [InlineData("topic", "7", 10)]
    [InlineData("rare", "1", 4)]
    [InlineData("none", "1", 0)]
    public async Task Behind_any_filter_there_are_as_many_hits_as_asked_for(string key, string value, int limit)
    {
        var filter = new MetadataFilter([new MetadataCondition(key, [value])]);

        var hits = await _topics.SearchAsync(TopicStore.VectorOf(200_000, 0), filter, Math.Max(limit, 1));

        hits.Count.ShouldBe(limit);
        hits.ShouldAllBe(hit => MetadataMatcher.Matches(filter, System.Text.Encoding.UTF8.GetBytes(hit.Chunk.Metadata.Json)));
    }

    [Fact]
    public async Task Edited_and_deleted_chunks_are_not_found_any_more()
    {
        var query = TopicStore.VectorOf(42, 0);
        (await _topics.SearchAsync(query, MetadataFilter.None, 1)).Single().Chunk.Document.ShouldBe(TopicStore.IdOf(42));
        await _topics.ChangeAsync(42);

        var hits = await _topics.SearchAsync(query, MetadataFilter.None, 20);
        hits.Count.ShouldBe(20);
        hits.Count(hit => hit.Chunk.Document == TopicStore.IdOf(42)).ShouldBeLessThanOrEqualTo(1);
        (await _topics.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
    }
}
