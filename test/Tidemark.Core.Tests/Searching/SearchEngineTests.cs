using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.Searching;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Tests.Searching;

public sealed class SearchEngineTests : IAsyncLifetime
{
    private readonly SyncBench _bench = new(new InMemoryStore(TimeProvider.System));

    public async ValueTask InitializeAsync() =>
        await _bench.SyncAsync(Upsert("a", "alpha one"), Upsert("b", "beta two"), Upsert("c", "alpha beta"));

    public ValueTask DisposeAsync() => _bench.Store.DisposeAsync();

    [Fact]
    public async Task Hybrid_search_fuses_both_rankings()
    {
        var result = await SearchAsync(new SearchRequest { Query = "alpha one" });

        result.Space.ShouldBe("counting:32");
        result.Hits[0].Chunk.Document.ShouldBe("a");
        result.Hits[0].Score.ShouldBe(2 / 61d, 1e-12);
        result.Hits.Count.ShouldBe(3, "vector search finds all");
    }

    [Fact]
    public async Task Vector_search_scores_with_the_cosine()
    {
        var result = await SearchAsync(new SearchRequest { Query = "beta two", Mode = SearchMode.Vector, Limit = 1 });

        result.Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("b");
        result.Hits[0].Score.ShouldBe(1, 1e-6);
    }

    [Fact]
    public async Task Keyword_search_embeds_nothing_and_needs_no_right_model()
    {
        var asked = _bench.Generator.Asked.Count;

        var result = await SearchAsync(new SearchRequest { Query = "two", Mode = SearchMode.Keyword }, "other:32");

        result.Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("b");
        _bench.Generator.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task A_model_of_another_space_is_refused_before_anything_is_embedded()
    {
        var asked = _bench.Generator.Asked.Count;

        var error = await Should.ThrowAsync<TidemarkException>(SearchAsync(new SearchRequest { Query = "x" }, "other:32"));

        error.Code.ShouldBe(ErrorCodes.EmbeddingSpace);
        error.Remedy.ShouldContain("--embedder counting:32");
        _bench.Generator.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task A_namespace_that_does_not_exist_is_named_with_those_that_do()
    {
        var error = await Should.ThrowAsync<TidemarkException>(
            SearchAsync(new SearchRequest { Query = "x", Namespace = "nope" }));

        error.Code.ShouldBe(ErrorCodes.NamespaceMissing);
        error.Message.ShouldContain("'nope'");
        error.Remedy.ShouldContain("'default'");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public async Task An_empty_query_is_a_usage_error(string query) =>
        (await Should.ThrowAsync<TidemarkException>(SearchAsync(new SearchRequest { Query = query })))
            .Code.ShouldBe(ErrorCodes.Usage);

    [Fact]
    public async Task A_limit_below_one_is_a_usage_error() =>
        (await Should.ThrowAsync<TidemarkException>(SearchAsync(new SearchRequest { Query = "x", Limit = 0 })))
            .Code.ShouldBe(ErrorCodes.Usage);

    [Fact]
    public async Task A_query_longer_than_the_model_takes_is_refused_not_cut()
    {
        var model = _bench.Pipeline.Model with { MaxInputBytes = 8 };

        var error = await Should.ThrowAsync<TidemarkException>(
            new SearchEngine(_bench.Store, model).SearchAsync(
                new SearchRequest { Query = "nine bytes" }, CancellationToken.None));

        error.Code.ShouldBe(ErrorCodes.EmbeddingTooLong);
    }

    [Fact]
    public async Task A_query_is_normalised_where_the_chunks_were()
    {
        var bench = new SyncBench(new InMemoryStore(TimeProvider.System)) { Normalize = true };
        await bench.SyncAsync(Upsert("a", "Alpha  One"));

        var result = await new SearchEngine(bench.Store, bench.Pipeline.Model).SearchAsync(
            new SearchRequest { Query = " ALPHA one", Mode = SearchMode.Vector }, CancellationToken.None);

        result.Hits.ShouldHaveSingleItem().Score.ShouldBe(1, 1e-6);
    }

    private Task<SearchResult> SearchAsync(SearchRequest request, string space = "counting:32") =>
        new SearchEngine(
            _bench.Store,
            _bench.Pipeline.Model with { Space = new EmbeddingSpace(space, CountingGenerator.Dimensions) })
        .SearchAsync(request, CancellationToken.None);
}
