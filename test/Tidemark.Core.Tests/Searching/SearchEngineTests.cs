using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Searching;
using Tidemark.Syncing;
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
        var result = await SearchAsync("alpha one", new SearchOptions());

        result.Space.ShouldBe("counting:32");
        result.Hits[0].Chunk.Document.ShouldBe("a");
        var ofShortText = 2.2 / (1 + (1.2 * (0.25 + (0.75 * 2 / 128))));
        result.Hits[0].Score.ShouldBe(((1.2 * Math.Pow(ofShortText, 3)) + 0.8) / 61, 1e-12, "the nearest, and nothing but the words of the query");
        result.Hits.Count.ShouldBe(3, "vector search finds all");
    }

    [Fact]
    public async Task Vector_search_scores_with_the_cosine()
    {
        var result = await SearchAsync("beta two", new SearchOptions { Mode = SearchMode.Vector, Limit = 1 });

        result.Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("b");
        result.Hits[0].Score.ShouldBe(1, 1e-6);
    }

    [Fact]
    public async Task Keyword_search_embeds_nothing_and_needs_no_right_model()
    {
        var asked = _bench.Generator.Asked.Count;

        var result = await SearchAsync("two", new SearchOptions { Mode = SearchMode.Keyword }, "other:32");

        result.Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("b");
        _bench.Generator.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task A_question_that_is_asked_again_at_once_is_paid_for_once()
    {
        var engine = new SearchEngine(_bench.Store, _bench.Pipeline.Model);
        var asked = _bench.Generator.Asked.Count;

        var (first, second) = (await AskAsync("alpha one"), await AskAsync("alpha one"));
        var other = await AskAsync("beta two");

        (_bench.Generator.Asked.Count - asked).ShouldBe(2);
        second.ShouldBe(first);
        other.ShouldNotBe(first);

        async Task<string> AskAsync(string query) => string.Join(
            ' ', (await engine.SearchAsync(query, new SearchOptions { Mode = SearchMode.Vector }, CancellationToken.None)).Hits.Select(hit => $"{hit.Chunk.Document} {hit.Score:0.000}"));
    }

    [Fact]
    public async Task A_model_of_another_space_is_refused_before_anything_is_embedded()
    {
        var asked = _bench.Generator.Asked.Count;

        var error = await Should.ThrowAsync<TidemarkException>(SearchAsync("x", new SearchOptions(), "other:32"));

        error.Code.ShouldBe(ErrorCodes.EmbeddingSpace);
        error.Remedy.ShouldContain("UseEmbedder(\"counting:32\")");
        _bench.Generator.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task A_namespace_that_does_not_exist_is_named_with_those_that_do()
    {
        var error = await Should.ThrowAsync<TidemarkException>(
            SearchAsync("x", new SearchOptions { Namespace = "nope" }));

        error.Code.ShouldBe(ErrorCodes.NamespaceMissing);
        error.Message.ShouldContain("'nope'");
        error.Remedy.ShouldContain("'default'");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public async Task An_empty_query_is_a_usage_error(string query) =>
        (await Should.ThrowAsync<TidemarkException>(SearchAsync(query, new SearchOptions())))
            .Code.ShouldBe(ErrorCodes.Usage);

    [Fact]
    public async Task A_limit_below_one_is_a_usage_error() =>
        (await Should.ThrowAsync<TidemarkException>(SearchAsync("x", new SearchOptions { Limit = 0 })))
            .Code.ShouldBe(ErrorCodes.Usage);

    [Fact]
    public async Task A_query_longer_than_the_model_takes_is_refused_not_cut()
    {
        var model = _bench.Pipeline.Model with { MaxInputBytes = 8 };

        var error = await Should.ThrowAsync<TidemarkException>(
            new SearchEngine(_bench.Store, model).SearchAsync(
                "nine bytes", new SearchOptions(), CancellationToken.None));

        error.Code.ShouldBe(ErrorCodes.EmbeddingTooLong);
    }

    [Fact]
    public async Task A_query_is_normalised_where_the_chunks_were()
    {
        var bench = new SyncBench(new InMemoryStore(TimeProvider.System)) { Normalize = true };
        await bench.SyncAsync(Upsert("a", "Alpha  One"));

        var result = await new SearchEngine(bench.Store, bench.Pipeline.Model).SearchAsync(
            " ALPHA one", new SearchOptions { Mode = SearchMode.Vector }, CancellationToken.None);

        result.Hits.ShouldHaveSingleItem().Score.ShouldBe(1, 1e-6);
    }

    [Theory]
    [InlineData(ErrorCodes.EmbeddingUnavailable)]
    [InlineData(ErrorCodes.EmbeddingRateLimited)]
    public async Task A_hybrid_search_without_its_model_answers_by_keywords_and_says_so(string code)
    {
        var result = await WithoutModelAsync(code, SearchMode.Hybrid);

        result.Degraded.ShouldBe(SearchMode.Keyword);
        result.Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("b");
        result.Warnings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            w => w.Code.ShouldBe(code),
            w => w.Message.ShouldBe("answered by keywords alone: 'host' is not there"),
            w => w.Remedy.ShouldContain("SearchMode.Keyword"));
    }

    [Fact]
    public async Task A_vector_search_without_its_model_fails_with_what_helps_a_search()
    {
        var error = await Should.ThrowAsync<TidemarkException>(WithoutModelAsync(ErrorCodes.EmbeddingUnavailable, SearchMode.Vector));

        (error.Code, error.Message).ShouldBe((ErrorCodes.EmbeddingUnavailable, "'host' is not there"));
        error.Remedy.ShouldContain("SearchMode.Keyword");
        error.Remedy.ShouldNotContain("committed");
    }

    [Theory]
    [InlineData(ErrorCodes.EmbeddingEndpoint)]
    [InlineData(ErrorCodes.EmbeddingKey)]
    [InlineData(ErrorCodes.EmbeddingKeyMissing)]
    [InlineData(ErrorCodes.EmbeddingModel)]
    public async Task What_somebody_has_to_correct_is_an_error_in_every_mode(string code) =>
        (await Should.ThrowAsync<TidemarkException>(WithoutModelAsync(code, SearchMode.Hybrid))).Code.ShouldBe(code);

    [Fact]
    public async Task The_address_that_embedded_the_namespace_is_named_where_the_search_asks_another_one()
    {
        var model = _bench.Pipeline.Model with { Endpoint = new Uri("http://user:secret@first:1234/v1/?key=secret") };
        await new SyncEngine(_bench.Store, _bench.Pipeline with { Model = model }, TimeProvider.System).SyncAsync(
            new SyncOptions { Sources = [new ScriptedSource("s", [Upsert("d", "new text")])], Cleanup = CleanupMode.None },
            CancellationToken.None);
        await _bench.SyncAsync(Upsert("d", "new text"));

        var result = await WithoutModelAsync(ErrorCodes.EmbeddingUnavailable, SearchMode.Hybrid, new Uri("http://second/v1"));

        var remedy = result.Warnings.ShouldHaveSingleItem().Remedy;
        remedy.ShouldContain("'http://first:1234/v1'");
        remedy.ShouldContain("'http://second/v1'");
        remedy.ShouldNotContain("secret");
    }

    [Fact]
    public async Task An_index_that_never_got_a_document_says_so()
    {
        var bench = new SyncBench(new InMemoryStore(TimeProvider.System));
        await bench.SyncAsync();

        var result = await new SearchEngine(bench.Store, bench.Pipeline.Model).SearchAsync(
            "alpha", new SearchOptions(), CancellationToken.None);

        result.Hits.ShouldBeEmpty();
        result.Warnings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            w => w.Code.ShouldBe(ErrorCodes.SearchEmpty), w => w.Message.ShouldContain("no documents"));
    }

    [Theory]
    [InlineData("tenat=a", null, null, "'tenat'")]
    [InlineData("tenat>=1", null, null, "'tenat'")]
    [InlineData("tenat?", null, null, "'tenat'")]
    [InlineData("tenat!=a", null, null, "'tenat'")]
    [InlineData(null, "docs", null, "'docs'")]
    [InlineData(null, "docs/", null, "'docs/'")]
    [InlineData(null, null, "nope", "'nope'")]
    [InlineData("lang=fr", null, null, null)]
    [InlineData("!tenat?", null, null, null)]
    [InlineData("lang!=en", "a", "s", null)]
    public async Task A_filter_that_names_what_nothing_has_says_so(string? condition, string? path, string? source, string? named)
    {
        await _bench.SyncAsync(Upsert("a", "alpha one", "{\"lang\":\"en\"}"));
        var filter = MetadataFilter.Parse(condition is null ? [] : [condition]) with { Path = path, Source = source };

        var result = await SearchAsync("alpha", new SearchOptions { Filter = filter });

        result.Warnings.Select(w => w.Code).ShouldBe(named is null ? [] : [ErrorCodes.SearchFilter]);
        result.Warnings.ShouldAllBe(w => w.Message.Contains(named!));
    }

    [Fact]
    public async Task A_hit_says_on_which_lines_it_stands()
    {
        await _bench.SyncAsync(Upsert("a", "first\n\nsecond\nthird\n\nfourth"));

        var result = await SearchAsync("third", new SearchOptions { Mode = SearchMode.Keyword });

        result.Hits.ShouldHaveSingleItem().Lines.ShouldBe(new LineSpan(3, 4));
    }

    private Task<SearchResult> WithoutModelAsync(string code, SearchMode mode, Uri? endpoint = null) =>
        new SearchEngine(_bench.Store, _bench.Pipeline.Model with { Generator = new SilentGenerator(code), Endpoint = endpoint })
            .SearchAsync("two", new SearchOptions { Mode = mode }, CancellationToken.None);

    private Task<SearchResult> SearchAsync(string query, SearchOptions request, string space = "counting:32") =>
        new SearchEngine(
            _bench.Store,
            _bench.Pipeline.Model with { Space = new EmbeddingSpace(space, CountingGenerator.Dimensions) })
        .SearchAsync(query, request, CancellationToken.None);
}
