using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Streaming;

/// <summary>What is taken is read again, however deep it nests; what cannot be read of the queue is one change.</summary>
[NotForTheModel]
public abstract class NestingConformance : WorkerSuite
{
    private static readonly DocumentMetadata Deepest = DocumentMetadata.Parse(
        "{\"tag\":\"deep\",\"x\":" + string.Concat(Enumerable.Repeat("[", JsonNesting.Most - 1)) + new string(']', JsonNesting.Most - 1) + "}");

    /// <summary>Makes what waits for every document no JSON any more.</summary>
    protected abstract Task DamageQueueAsync();

    [Fact]
    public async Task Metadata_that_nest_as_deep_as_is_taken_are_kept_found_and_in_step()
    {
        var source = new ScriptedSource("docs", [Deep("a", "one"), Upsert("b", "two")]);

        (await Bench.SyncAsync(source)).Documents.Added.ShouldBe(2);

        (await Bench.SyncAsync(source, r => r with { Rehash = true })).Documents.Skipped.ShouldBe(2);
        (await Store.Care.CheckAsync(Namespace, None)).Count.ShouldBe(0);
        (await Bench.ExportAsync()).ShouldContain(Deepest.Json);
        var generation = (await Store.Reader.NamespaceAsync(Namespace, None))!.Generation!.Id;
        var filter = new MetadataFilter([new MetadataCondition("tag", ["deep"])]);
        var found = await Store.Index.SearchVectorAsync(new VectorQuery(Namespace, generation, CountingGenerator.VectorOf("one"), 5, filter), None);
        found.Hits.Select(hit => hit.Chunk.Document).ShouldBe(["a"]);
        (await Bench.SyncAsync(new ScriptedSource("docs", [Deep("a", "other"), Upsert("b", "two")]))).Documents.Updated.ShouldBe(1);
    }

    [Fact]
    public async Task They_wait_in_the_queue_as_well()
    {
        await EnqueueAsync(Deep("a", "one"), Upsert("b", "two"));

        var report = await WorkAsync();

        report.Changes.Done.ShouldBe(2);
        (await Bench.ExportAsync()).ShouldContain(Deepest.Json);
    }

    [Fact]
    public async Task A_change_that_nobody_can_read_is_one_dead_letter_and_the_rest_goes_on()
    {
        await EnqueueAsync(Upsert("damaged"));
        await DamageQueueAsync();
        await EnqueueAsync(Upsert("a"), Upsert("b"));

        var report = await WorkAsync(request => request with { BatchSize = 1, Concurrency = 1 });

        (report.Changes.Done, report.Changes.Dead, report.Total.Outcome).ShouldBe((2, 1, RunOutcome.Partial));
        var dead = (await ListAsync()).ShouldHaveSingleItem();
        (dead.Document, dead.State, dead.Failure!.Code).ShouldBe(("damaged", QueuedState.Dead, ErrorCodes.StoreCorrupt));
        report.Total.Errors.ShouldHaveSingleItem().Item.ShouldBe("damaged");
        (await EnqueueAsync(Upsert("damaged", "sent again"))).Added.ShouldBe(1);
        (await WorkAsync()).Changes.Done.ShouldBe(1);
        (await IndexedAsync())["damaged"].ShouldBe("sent again");
    }

    private static DocumentChange Deep(string id, string text) => new DocumentChange.Upsert(new Document
    {
        Id = id,
        Text = text,
        Metadata = Deepest,
        Token = new ChangeToken(ContentHash.Of(text)),
    });
}
