using System.Numerics.Tensors;
using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Indexing;

/// <summary>What searches promise on any index: the exact nearest, only live chunks, any query, any filter.</summary>
public abstract class VectorIndexConformance : StoreConformance
{
    private static readonly string[] Awkward =
    [
        "", " ", "\"", "''", "AND", "OR NOT", "NEAR(alpha beta)", "NEAR/2", "text:alpha", "{text} : alpha", "alpha*", "^alpha",
        "-alpha", "+", "alpha AND", "(alpha", "alpha)", "\"alpha", "alpha\"beta", "alpha; DROP TABLE chunk", "\0", "alpha\0beta",
        "\ud800", "alpha\udc00", "%", "_", "\\", "?1", ":a", "@a", "$a", "!!!", "...", "\u0301", "🙂", "知识", "*", "a:b:c", "--", "/*",
    ];

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task After_any_history_vector_search_equals_brute_force(int seed)
    {
        var random = new Random(seed);
        var bench = new SyncBench(Store);
        var corpus = new RandomCorpus(random);
        for (var state = 0; state < 8; state++)
        {
            corpus.Change();
            await SyncAsync(bench, corpus);
            var query = CountingGenerator.VectorOf($"query {random.Next()}");
            var limit = random.Next(1, 30);
            var filter = random.Next(2) == 0 ? MetadataFilter.None : Filter("tag", $"{random.Next(2)}");

            var hits = await NearestAsync(bench, query, limit, filter);

            await ShouldBeTheNearestAsync(bench, hits, query, limit, filter);
            (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue($"state {state}");
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task After_any_history_keyword_search_finds_exactly_the_chunks_with_a_word(int seed)
    {
        var random = new Random(seed);
        var bench = new SyncBench(Store);
        var corpus = new RandomCorpus(random);
        for (var state = 0; state < 8; state++)
        {
            corpus.Change();
            await SyncAsync(bench, corpus);
            var words = Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{random.Next(40)}").ToHashSet();

            var hits = await MatchingAsync(bench, string.Join(' ', words), 1000);

            var expected = (await ChunksAsync(bench)).Where(c => c.Text.Split().Any(words.Contains)).Select(Place);
            hits.Select(h => Place(h.Chunk)).Order().ShouldBe(expected.Order());
            hits.ShouldBe(hits.Order(HitOrder.Instance));
        }
    }

    [Fact]
    public async Task Equal_scores_are_ordered_by_document_then_ordinal_however_many_there_are()
    {
        var bench = new SyncBench(Store);
        var documents = Enumerable.Range(0, 150).Select(i => Upsert($"d{(i * 37) % 150:000}", "same words\n\nsame words\n\n"));
        await bench.SyncAsync([.. documents]);

        var nearest = await NearestAsync(bench, CountingGenerator.VectorOf("same words\n\n"), 5, MetadataFilter.None);
        var matching = await MatchingAsync(bench, "same", 5);

        string[] expected = ["d000#0", "d000#1", "d001#0", "d001#1", "d002#0"];
        nearest.Select(h => Place(h.Chunk)).ShouldBe(expected);
        matching.Select(h => Place(h.Chunk)).ShouldBe(expected);
        nearest.ShouldAllBe(h => Math.Abs(h.Score - 1) < 1e-6);
    }

    [Fact]
    public async Task A_deleted_or_edited_chunk_is_found_by_neither_search()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "alpha"), Upsert("b", "beta"), Upsert("c", "gamma"));

        await bench.SyncAsync(Upsert("a", "alpha"), Upsert("b", "delta"));

        (await MatchingAsync(bench, "beta gamma", 10)).ShouldBeEmpty();
        (await MatchingAsync(bench, "delta", 10)).ShouldHaveSingleItem().Chunk.Document.ShouldBe("b");
        var nearest = await NearestAsync(bench, CountingGenerator.VectorOf("gamma"), 10, MetadataFilter.None);
        nearest.Select(h => h.Chunk.Text).Order().ShouldBe(["alpha", "delta"]);
    }

    [Fact]
    public async Task A_patched_chunk_is_found_by_its_new_words_only()
    {
        var bench = new SyncBench(Store) { Normalize = true };
        await bench.SyncAsync(Upsert("a", "Alpha  Beta"));

        await bench.SyncAsync(Upsert("a", "alpha beta"));

        bench.Generator.Asked.ShouldHaveSingleItem();
        var hit = (await MatchingAsync(bench, "ALPHA", 10)).ShouldHaveSingleItem();
        hit.Chunk.Text.ShouldBe("alpha beta");
        (await NearestAsync(bench, CountingGenerator.VectorOf("alpha beta"), 10, MetadataFilter.None))
            .ShouldHaveSingleItem().Score.ShouldBe(1, 1e-6);
        (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task No_query_text_is_an_operator_or_an_error()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "alpha beta"), Upsert("b", "text near and or not"));

        foreach (var text in Awkward.Append(new string('x', 100_000)).Append(string.Join(' ', Enumerable.Range(0, 5000))))
        {
            var hits = await MatchingAsync(bench, text, 10);

            var letters = text.Where(char.IsLetterOrDigit).ToArray();
            hits.Count.ShouldBeLessThanOrEqualTo(letters.Length == 0 ? 0 : 2, $"'{text}'");
        }

        (await MatchingAsync(bench, "NOT alpha", 10)).Select(h => h.Chunk.Document).Order().ShouldBe(["a", "b"]);
        (await MatchingAsync(bench, "alp*", 10)).ShouldBeEmpty();
        (await MatchingAsync(bench, "al\0pha", 10)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("lang", "en", "a")]
    [InlineData("lang", "en,de", "ab")]
    [InlineData("n", "3", "a")]
    [InlineData("n", "3.0", "a")]
    [InlineData("ok", "true", "a")]
    [InlineData("tags", "y", "ab")]
    [InlineData("deep.er", "yes", "a")]
    [InlineData("dot.ted", "name", "b")]
    [InlineData("say", "\"hi\" \\ é", "b")]
    [InlineData("none", "x", "")]
    [InlineData("lang", "' OR 1=1 --", "")]
    public async Task A_filter_lets_through_what_its_metadata_says(string key, string values, string expected)
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(
            Upsert("a", "word", """{"lang":"en","n":3,"ok":true,"tags":["x","y"],"deep":{"er":"yes"}}"""),
            Upsert("b", "word", """{"lang":"de","n":30,"ok":false,"tags":["y"],"dot.ted":"name","say":"\"hi\" \\ é"}"""),
            Upsert("c", "word"));
        var filter = new MetadataFilter([new MetadataCondition(key, values.Split(','))]);

        var nearest = await NearestAsync(bench, CountingGenerator.VectorOf("word"), 10, filter);
        var matching = await MatchingAsync(bench, "word", 10, filter);

        string.Concat(nearest.Select(h => h.Chunk.Document)).ShouldBe(expected);
        string.Concat(matching.Select(h => h.Chunk.Document)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "f=1.1", "a")]
    [InlineData("", "f=1.10,7e0", "ac")]
    [InlineData("", "f=1.1000000000000001", "b")]
    [InlineData("", "big=9007199254740993", "a")]
    [InlineData("", "f>1.1", "bc")]
    [InlineData("", "f<=1.1", "a")]
    [InlineData("", "f!=1.1", "bcd")]
    [InlineData("", "owner=null", "a")]
    [InlineData("", "owner=null,x", "ab")]
    [InlineData("", "owner?", "ab")]
    [InlineData("", "!owner?", "cd")]
    [InlineData("", "author=\"Doe, Jane\"", "a")]
    [InlineData("", "author=Doe,Jane", "b")]
    [InlineData("", "author!=Doe", "acd")]
    [InlineData("", "day<2026-01-02", "a")]
    [InlineData("", "day>=2026-01-01", "ab")]
    [InlineData("", "say=\"\"\"hi\"\"\"", "b")]
    [InlineData("", "say?|f>=1.1|owner!=null", "b")]
    [InlineData("x/guide", "", "bc")]
    [InlineData("x/guide*", "", "bcd")]
    [InlineData("x/guide/", "", "b")]
    [InlineData("x/guide", "f=7", "c")]
    [InlineData("x/guide", "f!=7", "b")]
    [InlineData("x/none", "", "")]
    public async Task A_filter_asks_for_paths_order_null_and_absence(string path, string conditions, string expected)
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(
            Upsert("x/a", "word a", """{"f":1.10,"big":9007199254740993,"owner":null,"author":"Doe, Jane","day":"2026-01-01T09:00:00Z"}"""),
            Upsert("x/guide/a", "word b", """{"f":1.1000000000000001,"big":9007199254740992,"owner":"x","author":"Doe","day":"2026-01-02","say":"\"hi\""}"""),
            Upsert("x/guide", "word c", """{"f":7}"""),
            Upsert("x/guidebook", "word d"));
        var filter = MetadataFilter.Parse(conditions.Split('|', StringSplitOptions.RemoveEmptyEntries)) with
        {
            Path = path.Length == 0 ? null : path,
        };

        var nearest = await NearestAsync(bench, CountingGenerator.VectorOf("word"), 10, filter);
        var matching = await MatchingAsync(bench, "word", 10, filter);

        string.Concat(nearest.Select(h => h.Chunk.Text[^1]).Order()).ShouldBe(expected);
        string.Concat(matching.Select(h => h.Chunk.Text[^1]).Order()).ShouldBe(expected);
        (await Store.Index.AnyAsync(await GenerationAsync(bench), filter, CancellationToken.None)).ShouldBe(expected.Length > 0);
    }

    [Fact]
    public async Task Ranges_and_equality_agree_on_what_is_a_number()
    {
        string[] values =
        [
            "10", "10.0", "1e1", "\"10\"", "\"10.0\"", "\"1e1\"", "\"010\"", "1.1", "\"1.10\"", "\"1.1\"", "-0.0", "\"0\"", "\"ten\"", "true", "null",
        ];
        var bench = new SyncBench(Store);
        await bench.SyncAsync([.. values.Select((value, i) => Upsert($"d{i:00}", "word", $$"""{"n":{{value}}}"""))]);
        var all = (await MatchingAsync(bench, "word", 100)).Select(hit => hit.Chunk).ToList();
        foreach (var bound in (string[])["10", "10.0", "010", "1.1", "1.10", "0", "ten", "9e99"])
        {
            var (same, less, more) = (await SetAsync("="), await SetAsync("<"), await SetAsync(">"));

            same.Concat(less).Concat(more).ShouldBeUnique();
            (await SetAsync("<=")).ShouldBe(less.Concat(same).Order(), ignoreOrder: false, bound);
            (await SetAsync(">=")).ShouldBe(more.Concat(same).Order(), ignoreOrder: false, bound);
            (await SetAsync("!=")).ShouldBe(all.Select(chunk => chunk.Document).Except(same).Order(), ignoreOrder: false, bound);

            async Task<List<string>> SetAsync(string test)
            {
                var filter = MetadataFilter.Parse($"n{test}{bound}");
                var found = (await MatchingAsync(bench, "word", 100, filter)).Select(hit => hit.Chunk.Document).Order().ToList();
                found.ShouldBe(all.Where(chunk => MemoryFilter.Matches(chunk, filter)).Select(chunk => chunk.Document).Order(), ignoreOrder: false, $"{test}{bound}");
                return found;
            }
        }
    }

    [Fact]
    public async Task A_filter_asks_for_a_source()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(new ScriptedSource("one", [Upsert("a", "word", """{"n":1}"""), Upsert("b", "word")]));
        await bench.SyncAsync(new ScriptedSource("two", [Upsert("c", "word", """{"n":1.0}""")]));
        foreach (var (source, condition, expected) in new[]
        {
            ("one", "", "ab"), ("two", "", "c"), ("one", "n=1", "a"), ("two", "n<=1", "c"), ("one", "!n?", "b"), ("on", "", ""),
        })
        {
            var filter = MetadataFilter.Parse(condition.Length == 0 ? [] : [condition]) with { Source = source };
            var nearest = await NearestAsync(bench, CountingGenerator.VectorOf("word"), 10, filter);
            var matching = await MatchingAsync(bench, "word", 10, filter);

            string.Concat(nearest.Select(h => h.Chunk.Document)).ShouldBe(expected, $"{source} {condition}");
            string.Concat(matching.Select(h => h.Chunk.Document)).ShouldBe(expected, $"{source} {condition}");
        }
    }

    [Fact]
    public async Task A_filter_still_gives_as_many_hits_as_there_are()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync([.. Enumerable.Range(0, 300).Select(i => Upsert($"d{i:000}", $"word {i}", $$"""{"rare":{{i % 100 == 7}}}"""
            .Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal)))]);

        var filter = Filter("rare", "true");
        var nearest = await NearestAsync(bench, CountingGenerator.VectorOf("word 1"), 3, filter);
        var matching = await MatchingAsync(bench, "word", 3, filter);

        nearest.Select(h => h.Chunk.Document).Order().ShouldBe(["d007", "d107", "d207"]);
        matching.Select(h => h.Chunk.Document).Order().ShouldBe(["d007", "d107", "d207"]);
    }

    [Fact]
    public async Task A_namespace_that_does_not_exist_cannot_be_checked_or_repaired()
    {
        var check = await Should.ThrowAsync<TidemarkException>(
            async () => await Store.Index.CheckAsync("nope", CancellationToken.None));
        var repair = await Should.ThrowAsync<TidemarkException>(
            async () => await Store.Index.RepairAsync("nope", TimeSpan.Zero, CancellationToken.None));

        (check.Code, repair.Code).ShouldBe((ErrorCodes.NamespaceMissing, ErrorCodes.NamespaceMissing));
    }

    [Fact]
    public async Task A_generation_that_was_replaced_since_it_was_pinned_says_so_and_may_be_asked_again()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "alpha"));
        var pinned = await GenerationAsync(bench);
        bench.ChunkerVersion = "2";
        await bench.SyncAsync(new ScriptedSource("s", [Upsert("a", "alpha")]), r => r with { Rebuild = true });

        var vector = await Should.ThrowAsync<TidemarkException>(async () => await Store.Index.SearchVectorAsync(
            new VectorQuery("default", pinned, CountingGenerator.VectorOf("x"), 1, MetadataFilter.None), CancellationToken.None));
        var keyword = await Should.ThrowAsync<TidemarkException>(async () => await Store.Index.SearchKeywordAsync(
            new KeywordQuery("default", pinned, "alpha", 1, MetadataFilter.None), CancellationToken.None));

        (vector.IsTransient, keyword.IsTransient).ShouldBe((true, true));
        (await MatchingAsync(bench, "alpha", 10)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_emptied_index_has_no_hits_and_is_clean()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "alpha"));
        await bench.SyncAsync(new ScriptedSource("s", []), r => r with { Guard = DeletionGuard.Off });

        (await NearestAsync(bench, CountingGenerator.VectorOf("alpha"), 10, MetadataFilter.None)).ShouldBeEmpty();
        (await MatchingAsync(bench, "alpha", 10)).ShouldBeEmpty();
        var check = await bench.Store.Index.CheckAsync("default", CancellationToken.None);
        (check.IsClean, check.Chunks, check.Vectors, check.Keywords).ShouldBe((true, 0, 0, 0));
        (await bench.Store.Index.RepairAsync("default", TimeSpan.Zero, CancellationToken.None)).ShouldBe(0);
    }

    private static async Task ShouldBeTheNearestAsync(
        SyncBench bench, IReadOnlyList<IndexHit> hits, float[] query, int limit, MetadataFilter filter)
    {
        var scored = (await ChunksAsync(bench))
            .Where(c => MetadataMatcher.Matches(filter, System.Text.Encoding.UTF8.GetBytes(c.Metadata.Json)))
            .Select(c => new IndexHit(c, TensorPrimitives.CosineSimilarity(c.Vector!.Value.Span, query)))
            .Order(HitOrder.Instance)
            .Take(limit)
            .ToList();
        hits.Select(h => Place(h.Chunk)).ShouldBe(scored.Select(h => Place(h.Chunk)));
        hits.Zip(scored).ShouldAllBe(pair => Math.Abs(pair.First.Score - pair.Second.Score) < 1e-6);
    }

    private static async Task<List<IndexedChunk>> ChunksAsync(SyncBench bench)
    {
        var chunks = new List<IndexedChunk>();
        await foreach (var chunk in bench.Store.Reader.ChunksAsync("default", null, withVectors: true, CancellationToken.None))
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    private static Task SyncAsync(SyncBench bench, RandomCorpus corpus) => bench.SyncAsync(
        new ScriptedSource("s", [.. corpus.Documents()]), r => r with { Guard = DeletionGuard.Off });

    private static async Task<IReadOnlyList<IndexHit>> NearestAsync(
        SyncBench bench, float[] query, int limit, MetadataFilter filter) =>
        (await bench.Store.Index.SearchVectorAsync(
            new VectorQuery("default", await GenerationAsync(bench), query, limit, filter), CancellationToken.None)).Hits;

    private static async Task<IReadOnlyList<IndexHit>> MatchingAsync(
        SyncBench bench, string text, int limit, MetadataFilter? filter = null) =>
        (await bench.Store.Index.SearchKeywordAsync(
            new KeywordQuery("default", await GenerationAsync(bench), text, limit, filter ?? MetadataFilter.None),
            CancellationToken.None)).Hits;

    private static async Task<long> GenerationAsync(SyncBench bench) =>
        (await bench.Store.Reader.NamespaceAsync("default", CancellationToken.None))!.Generation!.Id;

    private static MetadataFilter Filter(string key, string value) => new([new MetadataCondition(key, [value])]);

    private static string Place(IndexedChunk chunk) => $"{chunk.Document}#{chunk.Ordinal}";
}
