using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Verifying;

/// <summary>What verifying promises on any store.</summary>
public abstract class VerifyConformance : StoreConformance
{
    [Fact]
    public async Task A_synced_source_is_in_step()
    {
        var bench = new SyncBench(Store);
        var source = new ScriptedSource("s", [Upsert("a", "one\n\ntwo"), Upsert("b", "three")]);
        await bench.SyncAsync(source);

        var report = await VerifyAsync(bench, repair: false, source);

        report.InSync.ShouldBeTrue();
        (report.Documents, report.Chunks, report.Records, report.Vectors, report.Keywords).ShouldBe((2, 3, 3, 3, 3));
    }

    [Fact]
    public async Task What_source_and_index_disagree_on_is_counted_by_kind()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("same", "one"), Upsert("changed", "two"), Upsert("extra", "three"));

        var report = await VerifyAsync(
            bench, repair: false, new ScriptedSource("s", [Upsert("same", "one"), Upsert("changed", "2"), Upsert("new", "four")]));

        (report.InSync, report.HasDrift, report.Source).ShouldBe((false, true, new SourceDrift(1, 1, 1, 0, 0)));
        (report.Missing, report.Orphaned, report.Stale).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task What_an_incremental_sync_would_leave_is_no_drift()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Incremental(Upsert("a", "one"), Upsert("b", "two")));
        var source = Incremental(Upsert("a", "one"));

        var report = await VerifyAsync(bench, repair: false, source);

        (report.InSync, report.Source).ShouldBe((true, SourceDrift.None));
        (await bench.SyncAsync(source)).Documents.Deleted.ShouldBe(0);
        (await VerifyAsync(bench, new VerifyOptions { Sources = [source], Cleanup = CleanupMode.Full })).Source.Extra.ShouldBe(1);
    }

    [Fact]
    public async Task A_part_that_an_incremental_sync_would_replace_is_extra()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Incremental(Upsert("a", "one", sourceId: "s1"), Upsert("b", "two", sourceId: "s1")));
        var source = Incremental(Upsert("a", "one", sourceId: "s1"));

        (await VerifyAsync(bench, repair: false, source)).Source.Extra.ShouldBe(1);

        await bench.SyncAsync(source);
        (await VerifyAsync(bench, repair: false, source)).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task What_cannot_be_compared_is_named_and_is_not_in_step()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one", version: 5), Upsert("b", "two"));
        var source = new ScriptedSource("s", [Upsert("a", "other", version: 5), Upsert("b", "two")]);

        var report = await VerifyAsync(bench, repair: false, source);

        (report.InSync, report.HasDrift, report.Source).ShouldBe((false, false, new SourceDrift(0, 0, 0, 0, 1)));
        report.Errors.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.VersionConflict);
        (await VerifyAsync(bench, repair: true, source)).InSync.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_older_in_the_source_is_counted_and_in_step()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "new", version: 5));

        var report = await VerifyAsync(bench, repair: false, new ScriptedSource("s", [Upsert("a", "old", version: 4)]));

        (report.InSync, report.Source).ShouldBe((true, new SourceDrift(0, 0, 0, 1, 0)));
    }

    [Fact]
    public async Task What_the_deletion_guard_holds_back_is_counted_all_the_same()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync([.. Enumerable.Range(0, 30).Select(i => Upsert($"d{i}", $"text {i}"))]);
        var source = new ScriptedSource("s", [Upsert("d0", "text 0")]);

        var report = await VerifyAsync(bench, repair: true, source);

        (report.InSync, report.Source.Extra, report.Source.Guard?.Held).ShouldBe((false, 29, 29));
    }

    [Fact]
    public async Task Repairing_syncs_what_the_source_has_changed()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one"), Upsert("b", "two"));
        var source = new ScriptedSource("s", [Upsert("a", "ONE"), Upsert("b", "two")]);

        var report = await VerifyAsync(bench, repair: true, source);

        (report.InSync, report.Source.Changed, report.EmbeddingCalls).ShouldBe((true, 0, 1));
        (await bench.ExportAsync()).ShouldContain("[ONE]");
    }

    private static ScriptedSource Incremental(params DocumentChange[] changes) =>
        new("s", changes) { DefaultCleanup = CleanupMode.Incremental };

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task What_ends_a_repair_is_kept_as_of_any_run(bool repair, int runs)
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one"));
        var broken = new ScriptedSource("s", [Upsert("a", "one")])
        {
            OnPage = _ => throw new TidemarkException(ErrorCodes.SourceUnreadable, "it cannot be read", "make it readable"),
        };

        await Should.ThrowAsync<TidemarkException>(VerifyAsync(bench, repair, broken));

        var kept = await Store.Reader.RunsAsync("default", 9, CancellationToken.None);
        kept.Count.ShouldBe(runs);
        (kept[0].Command, kept[0].Outcome).ShouldBe(repair ? ("verify", RunOutcome.Failed) : ("sync", RunOutcome.Succeeded));
    }

    private static Task<VerifyReport> VerifyAsync(SyncBench bench, bool repair, params IDocumentSource[] sources) =>
        VerifyAsync(bench, new VerifyOptions { Sources = sources, Repair = repair });

    private static Task<VerifyReport> VerifyAsync(SyncBench bench, VerifyOptions request) =>
        new VerifyEngine(bench.Store, bench.Pipeline, TimeProvider.System).VerifyAsync(request, CancellationToken.None);
}
