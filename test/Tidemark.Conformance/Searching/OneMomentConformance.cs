using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Searching;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Searching;

/// <summary>One answer is of one moment, whatever is written while it is looked for.</summary>
public abstract class OneMomentConformance : StoreConformance
{
    private const string Before = "the gate opens at noon";
    private const string After = "the gate opens at night";

    [Fact]
    public async Task A_document_that_is_edited_between_the_two_halves_of_a_search_is_found_in_one_version()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("gate", Before), Upsert("other", "nothing of it"));
        await using var pausing = new PausingStore(
            Store, async () => await bench.SyncAsync(Upsert("gate", After), Upsert("other", "nothing of it")));
        var engine = new SearchEngine(pausing, bench.Pipeline.Model);

        var during = await engine.SearchAsync("gate opens", new SearchOptions { Limit = 10 }, CancellationToken.None);
        var later = await engine.SearchAsync("gate opens", new SearchOptions { Limit = 10 }, CancellationToken.None);

        TextsOf(during, "gate").ShouldBe([Before]);
        TextsOf(later, "gate").ShouldBe([After]);
    }

    [Fact]
    public async Task What_is_deleted_or_comes_meanwhile_is_there_as_it_was_at_the_first_question()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("gate", Before), Upsert("wall", "the wall stands"));
        var generation = (await Store.Reader.NamespaceAsync("default", CancellationToken.None))!.Generation!.Id;
        var near = new VectorQuery("default", generation, CountingGenerator.VectorOf(Before), 10, MetadataFilter.None);
        var words = new KeywordQuery("default", generation, "gate wall tower", 10, MetadataFilter.None);
        await using var snapshot = Store.Index.Snapshot();
        var first = await snapshot.SearchVectorAsync(near, CancellationToken.None);

        await bench.SyncAsync(
            new ScriptedSource("s", [Upsert("wall", "the wall stands"), Upsert("tower", "the tower stands")]),
            request => request with { Guard = DeletionGuard.Off });

        (await snapshot.SearchKeywordAsync(words, CancellationToken.None)).Hits.Select(hit => hit.Chunk.Document).Order()
            .ShouldBe(["gate", "wall"]);
        (await snapshot.SearchVectorAsync(near, CancellationToken.None)).Hits.Select(hit => hit.Chunk.Document)
            .ShouldBe(first.Hits.Select(hit => hit.Chunk.Document));
        (await Store.Index.SearchKeywordAsync(words, CancellationToken.None)).Hits.Select(hit => hit.Chunk.Document).Order()
            .ShouldBe(["tower", "wall"]);
    }

    private static IEnumerable<string> TextsOf(SearchResult result, string document) =>
        result.Hits.Where(hit => hit.Chunk.Document == document).Select(hit => hit.Chunk.Text);
}
