using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Searching;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Publishing;

/// <summary>What searches find while an external index is behind: each document whole, as it was or as it is, in both modes.</summary>
public abstract class PublishingConformance : StoreConformance
{
    private static readonly SearchMode[] Modes = [SearchMode.Keyword, SearchMode.Vector, SearchMode.Hybrid];

    [Fact]
    public async Task Everything_is_found_once_it_is_delivered()
    {
        var bench = new PublishingBench(Store);

        var report = await bench.SyncAsync(Upsert("a", "word one\n\nword two"), Upsert("b", "word three"));

        report.Index.ShouldBe(new(PublishingBench.Location, 3, 0, 0));
        bench.Server.EntriesWritten.ShouldBe(3);
        await ShouldFindAsync(bench, "a: word one", "a: word two", "b: word three");
        (await bench.VerifyAsync()).ShouldSatisfyAllConditions(
            v => v.InSync.ShouldBeTrue(), v => (v.Chunks, v.Vectors, v.Keywords).ShouldBe((3, 3, 3)));
    }

    [Fact]
    public async Task Titles_are_those_of_the_version_that_is_found()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "one\n\ntwo", """{"title":"Harbour"}"""), Upsert("b", "three"));
        (await bench.FindAsync("harbour", SearchMode.Keyword)).ShouldBe(["a: one", "a: two"]);

        await bench.SyncAsync(0, Upsert("a", "four\n\ntwo", """{"title":"Lagoon"}"""), Upsert("b", "three", """{"title":"Marina"}"""));
        (await bench.FindAsync("harbour", SearchMode.Keyword)).ShouldBe(["a: one", "a: two"]);
        (await bench.FindAsync("lagoon", SearchMode.Keyword)).ShouldBeEmpty();
        (await bench.FindAsync("marina", SearchMode.Keyword)).ShouldBe(["b: three"]);
        (await Store.Index.CheckAsync("default", CancellationToken.None)).ShouldSatisfyAllConditions(c => c.Stale.ShouldBe(0), c => c.Missing.ShouldBe(0));

        await bench.SyncAsync(Upsert("a", "four\n\ntwo", """{"title":"Lagoon"}"""), Upsert("b", "three", """{"title":"Marina"}"""));
        (await bench.FindAsync("lagoon", SearchMode.Keyword)).ShouldBe(["a: four", "a: two"]);
        (await bench.FindAsync("harbour", SearchMode.Keyword)).ShouldBeEmpty();
        (await bench.VerifyAsync()).InSync.ShouldBeTrue();

        await bench.SyncAsync(Delete("a"), Delete("b"));
        (await bench.FindAsync("lagoon marina", SearchMode.Keyword)).ShouldBeEmpty();
        (await bench.VerifyAsync()).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_without_changes_asks_the_external_index_nothing()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word"));
        bench.Server.Requests.Clear();

        (await bench.SyncAsync(Upsert("a", "word"))).Index!.Delivered.ShouldBe(0);

        bench.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_server_is_down_records_go_on_and_searches_stay_with_the_former_version()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"), Upsert("b", "word two"));

        var report = await bench.SyncAsync(0, Upsert("a", "word 1"), Upsert("b", "word two"), Upsert("c", "word three"));

        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        (report.Index!.Delivered, report.Index.Pending, report.Index.Documents).ShouldBe((0, 3, 2));
        report.Index.Failure!.Code.ShouldBe(ErrorCodes.IndexUnavailable);
        (await Store.Reader.NamespaceAsync("default", CancellationToken.None))!.Documents.ShouldBe(3);
        await ShouldFindAsync(bench, "a: word one", "b: word two");
        var backlog = (await Store.Outbox.BacklogAsync("default", CancellationToken.None))!;
        (backlog.Pending, backlog.Documents, backlog.Oldest).ShouldBe((3, 2, Clock.GetUtcNow()));

        var caughtUp = await bench.SyncAsync(Upsert("a", "word 1"), Upsert("b", "word two"), Upsert("c", "word three"));

        (caughtUp.Index!.Delivered, caughtUp.Index.Pending, caughtUp.Index.Failure).ShouldBe((3, 0, null));
        await ShouldFindAsync(bench, "a: word 1", "b: word two", "c: word three");
        bench.Collection.Entries.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Changes_that_wait_are_coalesced()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"));
        for (var i = 0; i < 5; i++)
        {
            await bench.SyncAsync(0, Upsert("a", $"word {i}"));
        }

        bench.Server.EntriesWritten = 0;
        await bench.SyncAsync(Upsert("a", "word 4"));

        bench.Server.EntriesWritten.ShouldBe(1);
        bench.Collection.Entries.Count.ShouldBe(1);
        await ShouldFindAsync(bench, "a: word 4");
    }

    [Fact]
    public async Task A_chunk_that_comes_back_is_another_entry_than_the_one_that_is_to_be_deleted()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"));
        var first = bench.Collection.Entries.Keys.Single();
        await bench.SyncAsync(0, Upsert("a", "word two"));
        await bench.SyncAsync(0, Upsert("a", "word one"));

        // Attach, read, and the put are served; the deletion of the former entry is not.
        await bench.SyncAsync(2, Upsert("a", "word one"));
        await ShouldFindAsync(bench, "a: word one");
        bench.Collection.Entries.Count.ShouldBe(2);
        await bench.SyncAsync(Upsert("a", "word one"));

        bench.Collection.Entries.Keys.Single().ShouldNotBe(first);
        await ShouldFindAsync(bench, "a: word one");
        (await bench.VerifyAsync()).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_gone_is_found_no_more_although_the_server_is_down()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one\n\nword two"), Upsert("b", "word three"), Upsert("c", "word four"));

        await bench.SyncAsync(0, Upsert("a", "word two"), Upsert("c", ""));

        await ShouldFindAsync(bench, "a: word two");
        bench.Collection.Entries.Count.ShouldBe(4);
        await bench.SyncAsync(Upsert("a", "word two"), Upsert("c", ""));
        bench.Collection.Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_document_that_moved_is_found_under_its_former_name_until_it_is_found_under_the_new_one()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"), Upsert("b", "word two"), Upsert("c", "word three"));

        await bench.SyncAsync(0, Upsert("a2", "word one"), Upsert("a3", "word one"), Upsert("c", "word 3"));
        await ShouldFindAsync(bench, "a: word one", "c: word three");
        await bench.SyncAsync(0, Upsert("a2", "word one"), Upsert("c2", "word 3"));

        await ShouldFindAsync(bench, "a: word one", "c: word three");
        await bench.SyncAsync(Upsert("a2", "word one"), Upsert("c2", "word 3"));
        await ShouldFindAsync(bench, "a2: word one", "c2: word 3");
        (await bench.VerifyAsync()).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_source_calls_deleted_does_not_wait_for_its_successor()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"));

        await bench.SyncAsync(0, Upsert("b", "word one"), Delete("a"));

        await ShouldFindAsync(bench);
    }

    [Fact]
    public async Task A_document_that_never_was_delivered_can_go_again()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"));
        await bench.SyncAsync(0, Upsert("a", "word one"), Upsert("b", "word two"));
        await bench.SyncAsync(0, Upsert("a", "word one"));

        await ShouldFindAsync(bench, "a: word one");
        (await Store.Outbox.BacklogAsync("default", CancellationToken.None))!.Documents.ShouldBe(0);
        (await bench.SyncAsync(Upsert("a", "word one"))).Index!.Pending.ShouldBe(0);
        (await bench.VerifyAsync()).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task Metadata_are_found_at_once_and_written_to_the_entries_that_are_there()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one", """{"lang":"en"}"""));

        await bench.SyncAsync(0, Upsert("a", "word one", """{"lang":"de"}"""));

        foreach (var mode in Modes)
        {
            (await bench.FindAsync("word", mode, ("lang", "de"))).ShouldBe(["a: word one"]);
            (await bench.FindAsync("word", mode, ("lang", "en"))).ShouldBeEmpty();
        }

        await bench.SyncAsync(Upsert("a", "word one", """{"lang":"de"}"""));
        bench.Collection.Entries.Single().Value!.Metadata.Json.ShouldBe("""{"lang":"de"}""");
        bench.Sync.Generator.Asked.Count(text => text != "word").ShouldBe(1, "the chunk; the rest are queries");
    }

    [Fact]
    public async Task A_filter_looks_at_the_version_that_is_found()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one", """{"lang":"en"}"""));
        await bench.SyncAsync(0, Upsert("a", "word two", """{"lang":"de"}"""));

        foreach (var mode in Modes)
        {
            (await bench.FindAsync("word", mode, ("lang", "en"))).ShouldBe(["a: word one"]);
            (await bench.FindAsync("word", mode, ("lang", "de"))).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task What_is_published_between_the_two_halves_of_a_search_is_found_as_it_is_then()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"), Upsert("b", "word two"));
        var round = 0;
        bench.Server.OnFound = async () =>
        {
            if (round++ < 2)
            {
                await bench.SyncAsync(Upsert("a", $"word {round}"), Upsert("b", "word two"));
            }
        };

        (await bench.FindAsync("word", SearchMode.Vector)).ShouldBe(["a: word 2", "b: word two"]);

        round.ShouldBe(3, "asked again until nothing was published meanwhile");
    }

    [Fact]
    public async Task A_search_that_is_overtaken_again_and_again_says_so()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"));
        var round = 0;
        bench.Server.OnFound = () => bench.SyncAsync(Upsert("a", $"word {++round}"));

        var refusal = await Should.ThrowAsync<TidemarkException>(() => bench.FindAsync("word", SearchMode.Vector));

        refusal.Code.ShouldBe(ErrorCodes.StoreBusy);
        (round % 6).ShouldBe(0, "each time that it is asked it tries six times");
    }

    [Theory]
    [InlineData(SearchMode.Hybrid)]
    [InlineData(SearchMode.Keyword)]
    [InlineData(SearchMode.Vector)]
    public async Task What_was_is_asked_of_the_store_though_the_server_is_down(SearchMode mode)
    {
        var bench = new PublishingBench(Store);
        var first = (await bench.SyncAsync(Upsert("a", "first"), Upsert("b", "other"))).Run!.Value;
        await bench.SyncAsync(Upsert("a", "second"));
        bench.Server.RequestsLeft = 0;
        async Task<IndexHit[]> AskAsync(SearchOptions options) => [.. (await new SearchEngine(bench.Store, bench.Sync.Pipeline.Model).SearchAsync(
            "first other", options with { Mode = mode }, default)).Hits.OrderBy(hit => hit.Chunk.Document, StringComparer.Ordinal)];

        (await AskAsync(new SearchOptions { AsOf = PointInTime.AfterRun(first) })).Select(hit => $"{hit.Chunk.Document}: {hit.Chunk.Text}")
            .ShouldBe(["a: first", "b: other"]);
        (await AskAsync(new SearchOptions { IncludeArchived = true })).Single(hit => hit.Chunk.Document == "b").Archived!.Value.Ended.ShouldBe(StateEnd.Removed);
    }

    [Fact]
    public async Task Garbage_collection_leaves_what_is_still_found()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one\n\nword two"));
        await bench.SyncAsync(0, Upsert("a", "word 1\n\nword two"));
        await bench.SyncAsync(0, Upsert("a", "word 2\n\nword two"));
        Clock.Now += TimeSpan.FromDays(100);

        await Store.Maintenance.CollectAsync(Clock.GetUtcNow(), Clock.GetUtcNow(), TimeSpan.Zero, dryRun: false, CancellationToken.None);

        await ShouldFindAsync(bench, "a: word one", "a: word two");
        await bench.SyncAsync(Upsert("a", "word 2\n\nword two"));
        await ShouldFindAsync(bench, "a: word 2", "a: word two");
        (await bench.VerifyAsync()).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task Garbage_collection_leaves_what_is_found_until_its_successor_is()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"));
        await bench.SyncAsync(0, Upsert("b", "word one"));
        await ShouldFindAsync(bench, "a: word one");
        Clock.Now += TimeSpan.FromDays(100);

        await Store.Maintenance.CollectAsync(Clock.GetUtcNow(), Clock.GetUtcNow(), TimeSpan.Zero, dryRun: false, CancellationToken.None);

        await ShouldFindAsync(bench, "a: word one");
        await bench.SyncAsync(Upsert("b", "word one"));
        await ShouldFindAsync(bench, "b: word one");
        (await bench.VerifyAsync()).InSync.ShouldBeTrue();
    }

    private static async Task ShouldFindAsync(PublishingBench bench, params string[] expected)
    {
        foreach (var mode in Modes)
        {
            (await bench.FindAsync("word", mode)).ShouldBe(expected, mode.ToString());
        }
    }
}
