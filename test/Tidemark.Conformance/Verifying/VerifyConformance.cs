using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Indexing;
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

        (report.InSync, report.SourceMissing, report.SourceExtra, report.SourceChanged).ShouldBe((false, 1, 1, 1));
        (report.Missing, report.Orphaned, report.Stale).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_part_of_an_incremental_source_that_is_no_longer_listed_is_extra()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(new ScriptedSource("s", [Upsert("a", "one"), Upsert("b", "two")])
        {
            DefaultCleanup = CleanupMode.Incremental,
        });

        var report = await VerifyAsync(bench, repair: false, new ScriptedSource("s", [Upsert("a", "one")])
        {
            DefaultCleanup = CleanupMode.Incremental,
        });

        report.SourceExtra.ShouldBe(1);
    }

    [Fact]
    public async Task Repairing_syncs_what_the_source_has_changed()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one"), Upsert("b", "two"));
        var source = new ScriptedSource("s", [Upsert("a", "ONE"), Upsert("b", "two")]);

        var report = await VerifyAsync(bench, repair: true, source);

        (report.InSync, report.SourceChanged, report.EmbeddingCalls).ShouldBe((true, 0, 1));
        (await bench.ExportAsync()).ShouldContain("[ONE]");
    }

    private static Task<VerifyReport> VerifyAsync(SyncBench bench, bool repair, params IDocumentSource[] sources) =>
        new VerifyEngine(bench.Store, bench.Pipeline, TimeProvider.System).VerifyAsync(
            new VerifyRequest { Sources = sources, Repair = repair }, CancellationToken.None);
}
