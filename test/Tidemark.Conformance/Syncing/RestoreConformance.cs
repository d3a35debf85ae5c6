using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>What is gone comes back as it was, without the model, and stays until its source lists it again.</summary>
public abstract class RestoreConformance : StoreConformance
{
    private SyncBench? _bench;
    private TidemarkIndex? _index;

    private SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    private TidemarkIndex Index => _index ??= Bench.ComposeIndex();

    [Fact]
    public async Task What_is_gone_is_listed_with_its_reason()
    {
        var began = Clock.Now;
        await SyncAsync(Upsert("removed", "one"), Upsert("buried", "two"), Until("expired", "three", began.AddHours(1)), Upsert("stays", "four"));
        Clock.Now += TimeSpan.FromMinutes(10);
        await SyncAsync(Delete("buried"), Until("expired", "three", began.AddHours(1)), Upsert("stays", "four"));
        Clock.Now += TimeSpan.FromHours(1);
        await Index.ExpireAsync();

        var archived = await Index.ArchiveAsync(TimeSpan.FromDays(30)).ToListAsync();

        archived.Select(one => (one.State.Document.Id, one.State.Ended)).ShouldBe(
            [("buried", StateEnd.Tombstoned), ("expired", StateEnd.Expired), ("removed", StateEnd.Removed)]);
        archived.ShouldAllBe(one => one.RecoverableUntil == one.State.Until!.Value.At.AddDays(30));
        (await Index.RestoreAsync(RestoreTarget.Document("removed"))).Documents.ShouldBe(1);
        (await Index.ArchiveAsync(TimeSpan.FromDays(30)).Select(one => one.State.Document.Id).ToListAsync()).ShouldBe(["buried", "expired"]);
    }

    [Fact]
    public async Task What_was_deleted_while_the_clock_was_ahead_is_kept_no_longer_than_the_rest()
    {
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"), Upsert("c", "three"));
        var right = Clock.Now;
        Clock.Now = right.AddDays(400);
        await SyncAsync(Upsert("b", "two"), Upsert("c", "three"));
        Clock.Now = right.AddDays(1);
        (await Index.ArchiveAsync(TimeSpan.FromDays(30)).ToListAsync()).Single().At.ShouldBe(Clock.Now, "nothing more is known");
        await SyncAsync(Upsert("c", "three"));
        Clock.Now = right.AddDays(2);

        (await Index.ArchiveAsync(TimeSpan.FromDays(30)).Select(one => (one.State.Document.Id, one.At, one.RecoverableUntil)).ToListAsync()).ShouldBe(
            [("a", right.AddDays(1), right.AddDays(31)), ("b", right.AddDays(1), right.AddDays(31))]);
        (await Index.PurgeAsync(new PurgeTarget { Age = TimeSpan.FromHours(1) })).Documents.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_that_never_was_is_told_from_one_that_let_nothing_go()
    {
        var run = (await SyncAsync(Upsert("a", "one"))).Run!.Value;

        (await Should.ThrowAsync<TidemarkException>(Index.RestoreAsync(RestoreTarget.OfRun(run)))).Code.ShouldBe(ErrorCodes.ArchiveMissing);
        (await Should.ThrowAsync<TidemarkException>(Index.RestoreAsync(RestoreTarget.OfRun(99)))).Code.ShouldBe(ErrorCodes.RunMissing);
    }

    [Fact]
    public async Task It_comes_back_to_the_chunk_without_the_model()
    {
        await SyncAsync(Upsert("a", "first\n\nsecond\n\nthird", """{"lang":"en"}""", "group", 7), Upsert("b", "other"));
        var before = await Bench.ExportAsync();
        await SyncAsync(Upsert("b", "other"));
        var asked = Bench.Generator.Asked.Count;

        var dry = await Index.RestoreAsync(RestoreTarget.Document("a"), options: new LifecycleOptions { DryRun = true });
        (dry.Documents, dry.Chunks, dry.DryRun, dry.EmbeddingCalls).ShouldBe((1, 3, true, 0));
        var report = await Index.RestoreAsync(RestoreTarget.Source("group"));

        (report.Documents, report.Chunks, report.EmbeddingCalls, report.Errors.Count).ShouldBe((1, 3, 0, 0));
        Bench.Generator.Asked.Count.ShouldBe(asked);
        (await Bench.ExportAsync()).ShouldBe(before);
        var document = await Index.DocumentsAsync("a").SingleAsync();
        (document.SourceId, document.Version.Number).ShouldBe(("group", 7));
    }

    [Theory]
    [InlineData(CleanupMode.Full)]
    [InlineData(CleanupMode.Incremental)]
    public async Task No_cleanup_takes_it_until_it_was_listed_again(CleanupMode cleanup)
    {
        await SyncAsync(Upsert("a", "one", sourceId: "s"), Upsert("b", "two", sourceId: "s"), Upsert("c", "three", sourceId: "s"));
        await SyncAsync(Upsert("b", "two", sourceId: "s"), Upsert("c", "three", sourceId: "s"));
        await Index.RestoreAsync(RestoreTarget.Document("a"));
        ScriptedSource Listing(params DocumentChange[] changes) => new("s", changes) { DefaultCleanup = cleanup };

        (await Bench.SyncAsync(Listing(Upsert("b", "two", sourceId: "s"), Upsert("c", "changed", sourceId: "s")))).Documents.Deleted.ShouldBe(0);
        (await IdsAsync()).ShouldBe(["a", "b", "c"]);
        (await Bench.SyncAsync(Listing(Upsert("a", "one", sourceId: "s"), Upsert("b", "two", sourceId: "s"), Upsert("c", "changed", sourceId: "s"))))
            .Documents.Skipped.ShouldBe(3);
        (await Bench.SyncAsync(Listing(Upsert("b", "two", sourceId: "s"), Upsert("c", "changed", sourceId: "s")))).Documents.Deleted.ShouldBe(1);

        (await IdsAsync()).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task A_run_is_undone_and_what_was_is_brought_back_over_what_is()
    {
        var first = (await SyncAsync(Upsert("a", "one"), Upsert("b", "two"), Upsert("c", "three"))).Run!.Value;
        await SyncAsync(Upsert("b", "two"), Upsert("c", "three"));
        var third = (await SyncAsync(Upsert("c", "changed"))).Run!.Value;

        (await Index.RestoreAsync(RestoreTarget.OfRun(third))).Documents.ShouldBe(1);
        (await IdsAsync()).ShouldBe(["b", "c"]);
        (await Index.RestoreAsync(RestoreTarget.Document("c"), PointInTime.AfterRun(first))).Documents.ShouldBe(1);
        (await Index.DocumentAsync("c")).Chunks.Single().Text.ShouldBe("three");
        (await Index.RestoreAsync(RestoreTarget.Document("c"), PointInTime.AfterRun(third))).Documents.ShouldBe(1);
        (await Index.DocumentAsync("c")).Chunks.Single().Text.ShouldBe("changed");
        (await Index.RestoreAsync(RestoreTarget.Source("s"), PointInTime.AfterRun(first))).Documents.ShouldBe(2, "'b' is as it was then");
        (await IdsAsync()).ShouldBe(["a", "b", "c"]);
        (await Should.ThrowAsync<TidemarkException>(Index.RestoreAsync(RestoreTarget.OfRun(third)))).Code.ShouldBe(ErrorCodes.ArchiveMissing);
    }

    [Fact]
    public async Task What_has_expired_comes_back_without_its_time()
    {
        await SyncAsync(Until("a", "one", Clock.Now.AddHours(1)), Upsert("b", "two"));
        Clock.Now += TimeSpan.FromHours(2);
        await Index.ExpireAsync();

        (await Index.RestoreAsync(RestoreTarget.Document("a"))).Documents.ShouldBe(1);

        (await Index.DocumentsAsync("a").SingleAsync()).ExpiresAt.ShouldBeNull();
        (await SyncAsync(Until("a", "one", Clock.Now.AddHours(-1)), Upsert("b", "two"))).Documents.Deleted.ShouldBe(1, "its source says so again");
    }

    [Fact]
    public async Task After_a_rebuild_what_is_lacking_is_embedded_and_what_is_not_kept_is_refused()
    {
        await SyncAsync(Upsert("a", "first\n\nsecond"), Upsert("b", "two"));
        await SyncAsync(Upsert("b", "two"));
        Bench.ChunkerVersion = "2";
        await Bench.SyncAsync(new ScriptedSource("s", [Upsert("b", "two")]), request => request with { Rebuild = true });
        var index = Bench.ComposeIndex();

        var report = await index.RestoreAsync(RestoreTarget.Document("a"));
        (report.Documents, report.Chunks, report.EmbeddingCalls).ShouldBe((1, 2, 0), "its inputs are the same");
        await SyncAsync(Upsert("a", "first\n\nsecond"), Upsert("b", "two"));
        await SyncAsync(Upsert("b", "two"));
        Clock.Now += TimeSpan.FromDays(40);
        await SyncAsync(Upsert("b", "three"));
        await Store.Maintenance.CollectAsync(Clock.Now.AddDays(-30), Clock.Now.AddDays(-30), TimeSpan.Zero, dryRun: false, default);

        (await Should.ThrowAsync<TidemarkException>(index.RestoreAsync(RestoreTarget.Document("a")))).Code.ShouldBe(ErrorCodes.ArchiveMissing);
        (await Should.ThrowAsync<TidemarkException>(index.RestoreAsync(RestoreTarget.Document("b")))).Code.ShouldBe(ErrorCodes.ArchiveMissing);
    }

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) => Bench.SyncAsync(changes);

    private async Task<List<string>> IdsAsync() => await Index.DocumentsAsync().Select(one => one.Id).ToListAsync();
}
