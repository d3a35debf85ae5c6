using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>What is purged is gone for good, and what is held is not, whoever asks.</summary>
public abstract class HoldConformance : StoreConformance
{
    private SyncBench? _bench;
    private TidemarkIndex? _index;

    private SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    private TidemarkIndex Index => _index ??= Bench.ComposeIndex();

    [Fact]
    public async Task What_is_purged_cannot_be_brought_back_and_the_past_begins_after_it()
    {
        var first = (await SyncAsync(Upsert("a", "one\n\ntwo"), Upsert("b", "three"), Upsert("c", "four"))).Run!.Value;
        Clock.Now += TimeSpan.FromDays(10);
        await SyncAsync(Upsert("b", "three"), Upsert("c", "four"));
        Clock.Now += TimeSpan.FromDays(10);
        var third = (await SyncAsync(Upsert("c", "four"))).Run!.Value;
        var old = new PurgeTarget { Age = TimeSpan.FromDays(5) };

        (await Index.PurgeAsync(old, new LifecycleOptions { DryRun = true })).ShouldSatisfyAllConditions(
            dry => dry.DryRun.ShouldBeTrue(), dry => (dry.Documents, dry.Chunks).ShouldBe((1, 2)));
        var purged = await Index.PurgeAsync(old);
        (purged.Documents, purged.Chunks, purged.DryRun).ShouldBe((1, 2, false));
        (await Index.PurgeAsync(old)).Documents.ShouldBe(0);

        (await ArchivedAsync()).ShouldBe(["b"]);
        (await Should.ThrowAsync<TidemarkException>(Index.RestoreAsync(RestoreTarget.Document("a")))).Code.ShouldBe(ErrorCodes.ArchiveMissing);
        (await Should.ThrowAsync<TidemarkException>(Index.DocumentsAsync(asOf: PointInTime.AfterRun(first)).ToListAsync().AsTask()))
            .Code.ShouldBe(ErrorCodes.HistoryHorizon);
        (await Index.DocumentsAsync(asOf: PointInTime.AfterRun(third)).Select(one => one.Id).ToListAsync()).ShouldBe(["c"]);
        (await Index.PurgeAsync(new PurgeTarget { Document = "b" })).Documents.ShouldBe(1);
        (await Should.ThrowAsync<TidemarkException>(Index.PurgeAsync(new PurgeTarget { Document = "b" }))).Code.ShouldBe(ErrorCodes.ArchiveMissing);
        (await Should.ThrowAsync<TidemarkException>(Index.PurgeAsync(new PurgeTarget { Document = "c" }))).Code.ShouldBe(ErrorCodes.ArchiveMissing, "it is live");
        (await Store.Index.CheckAsync("default", default)).IsClean.ShouldBeTrue();
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_held_outlasts_garbage_collection_purging_and_its_own_time()
    {
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two", sourceId: "group"), Upsert("c", "three"), Until("d", "four", Clock.Now.AddDays(1)));
        (await Index.AddHoldAsync(SafeguardScope.Document, "a", "case 17")).IsNew.ShouldBeTrue();
        (await Index.AddHoldAsync(SafeguardScope.Document, "a", "another")).IsNew.ShouldBeFalse();
        (await Index.AddHoldAsync(SafeguardScope.SourceId, "group")).IsNew.ShouldBeTrue();
        (await Index.AddHoldAsync(SafeguardScope.SourceId, "d")).IsNew.ShouldBeTrue();
        (await Index.HoldsAsync()).Select(hold => (hold.Name, hold.Note)).ShouldBe([("a", "case 17"), ("d", ""), ("group", "")]);
        Clock.Now += TimeSpan.FromDays(2);

        (await Index.ExpireAsync()).ShouldSatisfyAllConditions(report => report.Documents.ShouldBe(0), report => report.Held.ShouldBe(1));
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["a", "b", "c"], "it is held, not valid");
        await SyncAsync(Upsert("x", "other"));
        Clock.Now += TimeSpan.FromDays(100);
        await SyncAsync(Upsert("x", "changed"));
        (await Index.PurgeAsync(new PurgeTarget { Age = TimeSpan.FromDays(30) })).ShouldSatisfyAllConditions(
            report => report.Documents.ShouldBe(1), report => report.Held.ShouldBe(3));
        (await Should.ThrowAsync<TidemarkException>(Index.PurgeAsync(new PurgeTarget { Document = "a" }))).ShouldSatisfyAllConditions(
            refusal => refusal.Code.ShouldBe(ErrorCodes.HoldHeld), refusal => refusal.Message.ShouldContain("case 17"));
        await Index.CollectAsync(new GarbageOptions { History = TimeSpan.FromDays(30), Embeddings = TimeSpan.FromDays(30) });

        (await ArchivedAsync()).ShouldBe(["a", "b", "d"]);
        (await Index.ArchiveAsync(TimeSpan.FromDays(30)).ToListAsync()).ShouldAllBe(one => one.RecoverableUntil == null);
        (await Should.ThrowAsync<TidemarkException>(Index.DropNamespaceAsync("default"))).Code.ShouldBe(ErrorCodes.HoldHeld);
        (await Index.RestoreAsync(RestoreTarget.Document("b"))).ShouldSatisfyAllConditions(
            report => report.Documents.ShouldBe(1), report => report.EmbeddingCalls.ShouldBe(0));
    }

    [Fact]
    public async Task A_dry_run_counts_what_is_purged_to_the_chunk()
    {
        await SyncAsync(Upsert("a", "one\n\ntwo"), Upsert("b", "of b"), Upsert("c", "three"));
        await SyncAsync(Upsert("a", "one\n\nthree\n\nfour"), Upsert("b", "of b"), Upsert("c", "three"));
        await SyncAsync(Upsert("a", "five"), Upsert("b", "of b"), Upsert("c", "three"));
        await SyncAsync(Upsert("c", "three"));
        Clock.Now += TimeSpan.FromDays(1);
        var all = new PurgeTarget { Age = TimeSpan.FromHours(1) };

        var dry = await Index.PurgeAsync(all, new LifecycleOptions { DryRun = true });
        var again = await Index.PurgeAsync(all, new LifecycleOptions { DryRun = true });
        var purged = await Index.PurgeAsync(all);

        (again.Documents, again.Chunks).ShouldBe((dry.Documents, dry.Chunks), "nothing was removed");
        (dry.Documents, dry.Chunks, dry.DryRun).ShouldBe((purged.Documents, purged.Chunks, true));
        (purged.Documents, purged.Chunks).ShouldBe((2, 6));
    }

    [Fact]
    public async Task What_is_released_is_as_if_it_had_never_been_held()
    {
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"));
        await Index.AddHoldAsync(SafeguardScope.Document, "a");
        await SyncAsync(Upsert("b", "two"));
        Clock.Now += TimeSpan.FromDays(100);
        await SyncAsync(Upsert("b", "three"));
        await Index.CollectAsync(new GarbageOptions { History = TimeSpan.FromDays(30) });
        (await ArchivedAsync()).ShouldBe(["a"]);

        await Index.ReleaseHoldAsync(SafeguardScope.Document, "a");
        (await Should.ThrowAsync<TidemarkException>(Index.ReleaseHoldAsync(SafeguardScope.Document, "a"))).Code.ShouldBe(ErrorCodes.HoldMissing);
        await Index.CollectAsync(new GarbageOptions { History = TimeSpan.FromDays(30) });

        (await ArchivedAsync()).ShouldBeEmpty();
        (await Index.HoldsAsync()).ShouldBeEmpty();
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
    }

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) =>
        Bench.SyncAsync(new ScriptedSource("s", changes), request => request with { Guard = DeletionGuard.Off });

    private async Task<List<string>> ArchivedAsync() =>
        await Index.ArchiveAsync(TimeSpan.FromDays(30)).Select(one => one.State.Document.Id).ToListAsync();
}
