using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Publishing;

/// <summary>Proof and repair of an external index, whose it is, and how an index moves.</summary>
public abstract class IndexRepairConformance : StoreConformance
{
    [Fact]
    public async Task A_dropped_collection_is_made_again_without_an_embedding_call()
    {
        var bench = await SyncedAsync();
        bench.Server.Collections.Clear();

        var lost = await bench.VerifyAsync();
        (lost.InSync, lost.Missing, lost.Vectors).ShouldBe((false, 3, 0));
        var search = await Should.ThrowAsync<TidemarkException>(() => bench.FindAsync("word", SearchMode.Vector));
        search.Code.ShouldBe(ErrorCodes.IndexMissing);
        var sync = await bench.SyncAsync(Upsert("a", "word one\n\nword 2"), Upsert("b", "word three"));
        sync.Index!.Failure!.Code.ShouldBe(ErrorCodes.IndexMissing, "a new collection with only what is new would lose the rest");
        bench.Server.Collections.ShouldBeEmpty();
        var asked = bench.Sync.Generator.Asked.Count;

        var repaired = await bench.VerifyAsync(repair: true);

        (repaired.InSync, repaired.Vectors, repaired.EmbeddingCalls).ShouldBe((true, 3, 0));
        repaired.Repaired.ShouldBe(2, "one of the three waited anyway");
        bench.Sync.Generator.Asked.Count.ShouldBe(asked);
        (await bench.FindAsync("word", SearchMode.Vector)).ShouldBe(["a: word 2", "a: word one", "b: word three"]);
    }

    [Fact]
    public async Task Foreign_missing_and_damaged_entries_are_counted_and_put_right()
    {
        var bench = await SyncedAsync();
        var ids = bench.Collection.Entries.Keys.Order(StringComparer.Ordinal).ToArray();
        bench.Collection.Entries.Remove(ids[0]);
        bench.Collection.Entries[ids[1]] = bench.Collection.Entries[ids[1]]! with { Text = "other" };
        bench.Collection.Entries["somebody's"] = null;
        bench.Collection.Entries["999-999"] = null;

        var drift = await bench.VerifyAsync();
        (drift.InSync, drift.Missing, drift.Stale, drift.Orphaned).ShouldBe((false, 1, 1, 2));
        (await bench.FindAsync("word", SearchMode.Vector)).Length.ShouldBe(2, "foreign entries are passed over");
        var repaired = await bench.VerifyAsync(repair: true);

        (repaired.InSync, repaired.Repaired, repaired.EmbeddingCalls).ShouldBe((true, 4, 0));
        bench.Collection.Entries.Keys.Order(StringComparer.Ordinal).ShouldBe(ids);
    }

    [Fact]
    public async Task What_waits_is_drift_until_a_repair_has_delivered_it()
    {
        var bench = await SyncedAsync();
        await bench.SyncAsync(0, Upsert("a", "word one\n\nword 2"), Upsert("b", "word three"));

        var drift = await bench.VerifyAsync();
        (drift.InSync, drift.Missing, drift.Orphaned).ShouldBe((false, 1, 1));
        (await bench.VerifyAsync(repair: true)).InSync.ShouldBeTrue();

        (await Store.Outbox.BacklogAsync("default", CancellationToken.None))!.Pending.ShouldBe(0);
        (await bench.FindAsync("word", SearchMode.Vector)).ShouldBe(["a: word 2", "a: word one", "b: word three"]);
    }

    [Fact]
    public async Task Somebody_else_s_collection_is_refused_before_anything_is_written()
    {
        var bench = new PublishingBench(Store);
        bench.Server.Collections[PublishingBench.Location] = new MemoryCollection("x", "another store's", bench.Sync.Space);

        var refused = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(Upsert("a", "word")));

        refused.Code.ShouldBe(ErrorCodes.IndexForeign);
        bench.Sync.Generator.Asked.ShouldBeEmpty();
        (await Store.Reader.NamespaceAsync("default", CancellationToken.None))?.Generation.ShouldBeNull();
    }

    [Fact]
    public async Task A_rebuild_into_another_space_does_not_take_a_collection_of_the_former_one()
    {
        var bench = await SyncedAsync();
        bench.Sync.Space = "other:32";

        var refused = await Should.ThrowAsync<TidemarkException>(() => RebuildAsync(bench));

        refused.Code.ShouldBe(ErrorCodes.IndexForeign);
        bench.Sync.Space = "counting:32";
        (await bench.FindAsync("word", SearchMode.Vector)).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_rebuild_answers_only_when_its_entries_are_all_there_and_takes_the_former_ones_away()
    {
        var bench = await SyncedAsync();
        var former = bench.Collection.Entries.Keys.ToArray();
        bench.Sync.ChunkerVersion = "2";

        bench.Server.RequestsLeft = 2;
        (await Should.ThrowAsync<TidemarkException>(() => RebuildAsync(bench))).Code.ShouldBe(ErrorCodes.IndexUnavailable);
        bench.Server.RequestsLeft = null;
        bench.Sync.ChunkerVersion = "1";
        (await bench.FindAsync("word", SearchMode.Vector)).Length.ShouldBe(3);
        bench.Sync.ChunkerVersion = "2";
        var report = await RebuildAsync(bench);

        (report.Embedding.Inputs, report.Index!.Pending).ShouldBe((0, 0));
        bench.Collection.Entries.Count.ShouldBe(3);
        bench.Collection.Entries.Keys.Intersect(former).ShouldBeEmpty();
        (await bench.FindAsync("word", SearchMode.Vector)).Length.ShouldBe(3);
        (await bench.FindAsync("word", SearchMode.Keyword)).Length.ShouldBe(3);
        (await bench.VerifyAsync()).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task An_index_moves_out_of_the_store_and_back_without_an_embedding_call()
    {
        var bench = new PublishingBench(Store);
        bench.Sync.Index = PipelineIdentity.InStore;
        await bench.SyncAsync(Upsert("a", "word one"), Upsert("b", "word two"));
        bench.Sync.Index = PublishingBench.Location;
        (await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(Upsert("a", "word one"), Upsert("b", "word two"))))
            .Code.ShouldBe(ErrorCodes.PipelineChanged);

        foreach (var location in (string[])[PublishingBench.Location, "memory:other", PipelineIdentity.InStore])
        {
            bench.Sync.Index = location;
            var report = await RebuildAsync(bench, Upsert("a", "word one"), Upsert("b", "word two"));

            report.Embedding.Inputs.ShouldBe(0, location);
            (await bench.FindAsync("word", SearchMode.Vector)).ShouldBe(["a: word one", "b: word two"], location);
            (await bench.FindAsync("word", SearchMode.Keyword)).ShouldBe(["a: word one", "b: word two"], location);
            (await bench.VerifyAsync()).InSync.ShouldBeTrue(location);
        }
    }

    [Fact]
    public async Task A_namespace_is_dropped_with_its_index_or_not_at_all()
    {
        var bench = await SyncedAsync();
        bench.Server.RequestsLeft = 0;
        var drop = () => bench.Store.Maintenance.DropNamespaceAsync("default", TimeSpan.Zero, CancellationToken.None).AsTask();
        (await Should.ThrowAsync<TidemarkException>(drop)).Code.ShouldBe(ErrorCodes.IndexUnavailable);
        (await Store.Reader.NamespaceAsync("default", CancellationToken.None)).ShouldNotBeNull();
        bench.Server.RequestsLeft = null;

        await drop();

        bench.Server.Collections.ShouldBeEmpty();
        (await Store.Reader.NamespaceAsync("default", CancellationToken.None)).ShouldBeNull();
        (await bench.SyncAsync(Upsert("a", "word one"))).Index!.Pending.ShouldBe(0);
        (await bench.VerifyAsync()).InSync.ShouldBeTrue();
    }

    private static Task<SyncReport> RebuildAsync(PublishingBench bench, params Documents.DocumentChange[] changes) =>
        bench.Sync.SyncAsync(
            new ScriptedSource("s", changes.Length > 0 ? changes : [Upsert("a", "word one\n\nword two"), Upsert("b", "word three")]),
            request => request with { Rebuild = true });

    private async Task<PublishingBench> SyncedAsync()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one\n\nword two"), Upsert("b", "word three"));
        return bench;
    }
}
