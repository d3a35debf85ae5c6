using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>What lists a source id, so that cleanup infers something of its other parts; a plan and the run after it alike.</summary>
public abstract class ListedSourceConformance : StoreConformance
{
    private SyncBench? _bench;

    private SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    /// <summary>Three parts of one source id, one of which has a version.</summary>
    private static DocumentChange[] Parts =>
        [Upsert("p1", "one", sourceId: "s", version: 5), Upsert("p2", "two", sourceId: "s"), Upsert("p3", "three", sourceId: "s")];

    [Fact]
    public async Task A_tombstone_of_one_part_says_nothing_of_the_others()
    {
        await SyncAsync(Parts);

        (await SyncAsync(Delete("p2"))).Documents.ShouldBe(Counts(seen: 1, deleted: 1));
        (await SyncAsync(Delete("p2"))).Documents.ShouldBe(Counts(seen: 1));
        (await SyncAsync(Of("unknown", "s"))).Documents.ShouldBe(Counts(seen: 1));

        (await IdsAsync()).ShouldBe(["p1", "p3"]);
    }

    [Fact]
    public async Task A_record_that_is_refused_says_nothing_of_the_others()
    {
        await SyncAsync(Parts);

        (await SyncAsync(Upsert("p1", "older", sourceId: "s", version: 4))).Documents.ShouldBe(Counts(seen: 1, outdated: 1));
        (await SyncAsync(Upsert("p1", "conflict", sourceId: "s", version: 5))).Documents.ShouldBe(Counts(seen: 1, failed: 1));

        (await IdsAsync()).ShouldBe(["p1", "p2", "p3"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task A_part_that_leaves_its_source_id_takes_no_other_along(int pageSize)
    {
        await SyncAsync([.. Parts, Upsert("t1", "four", sourceId: "t")]);

        (await SyncAsync(pageSize, Upsert("p1", "one", sourceId: "t", version: 6))).Documents
            .ShouldBe(Counts(seen: 1, updated: 1, deleted: 1), "a part of the source id that it has now was replaced");

        (await IdsAsync()).ShouldBe(["p1", "p2", "p3"]);
    }

    [Theory]
    [InlineData(CleanupMode.Incremental)]
    [InlineData(CleanupMode.Full)]
    public async Task What_is_taken_or_unchanged_lists_its_source_id(CleanupMode cleanup)
    {
        await SyncAsync(Parts);

        (await SyncAsync(new ScriptedSource("s", [Parts[0]]) { DefaultCleanup = cleanup })).Documents.ShouldBe(Counts(seen: 1, skipped: 1, deleted: 2));
        (await SyncAsync(new ScriptedSource("s", [Upsert("p4", "four", sourceId: "s")]) { DefaultCleanup = cleanup })).Documents
            .ShouldBe(Counts(seen: 1, added: 1, deleted: 1));

        (await IdsAsync()).ShouldBe(["p4"]);
    }

    [Fact]
    public async Task The_guard_counts_what_only_a_tombstone_seems_to_replace()
    {
        await SyncAsync(Parts);

        var report = await SyncAsync(
            new ScriptedSource("s", [Of("unknown", "s")]) { DefaultCleanup = CleanupMode.Full },
            r => r with { Guard = new DeletionGuard(0, null) });

        (report.Guard!.Held, report.Documents.Deleted).ShouldBe((3, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task What_a_listing_changes_before_a_tombstone_of_its_source_id_is_planned_as_it_is_done(int pageSize)
    {
        (await SyncAsync(pageSize, Upsert("new", "text", sourceId: "s"), DeleteSource("s"))).Documents.ShouldBe(Counts(seen: 2, added: 1, deleted: 1));
        await SyncAsync(Parts);

        (await SyncAsync(pageSize, Upsert("p2", "two", sourceId: "t"), DeleteSource("s"))).Documents
            .ShouldBe(Counts(seen: 2, updated: 1, deleted: 2), "what left it is not concerned");
        await SyncAsync(Parts[0], Upsert("p2", "two\n\nmore", sourceId: "s", version: 1), Upsert("p3", "three", sourceId: "s"));
        (await SyncAsync(
            pageSize, Upsert("p2", "other", sourceId: "s", version: 8), Delete("p3"), new DocumentChange.DeleteSource("s", new DocumentVersion(6, null))))
            .Documents.Deleted.ShouldBe(1, "of a part that is newer by now, one that is gone already, and one that is older (which had version 5)");

        (await IdsAsync()).ShouldBe(["p2"]);
    }

    [Fact]
    public async Task A_document_that_is_its_own_source_id_is_found_by_a_plan_before_it_is_there()
    {
        (await SyncAsync(Upsert("own", "text"), DeleteSource("own"))).Documents.ShouldBe(Counts(seen: 2, added: 1, deleted: 1));
        (await SyncAsync(Upsert("a", "text", sourceId: "own"), Upsert("own", "text"))).Documents.Added.ShouldBe(2);
        (await SyncAsync(Upsert("b", "text", sourceId: "other"), DeleteSource("own"))).Documents.ShouldBe(new DocumentCounts(2, 1, 0, 0, 2, 1, 0, 0, 0));
    }

    private static DocumentChange Of(string id, string sourceId) =>
        new DocumentChange.Delete(id, sourceId, DocumentVersion.None, ChangeToken.None);

    private static DocumentCounts Counts(
        long seen, long added = 0, long updated = 0, long skipped = 0, long deleted = 0, long outdated = 0, long failed = 0) =>
        new(seen, added, updated, skipped, deleted, 0, outdated, 0, failed);

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) => SyncAsync(10, changes);

    private Task<SyncReport> SyncAsync(int pageSize, params DocumentChange[] changes) =>
        SyncAsync(new ScriptedSource("s", changes) { DefaultCleanup = CleanupMode.Incremental, PageSize = pageSize });

    /// <summary>Planned first: both say the same.</summary>
    private async Task<SyncReport> SyncAsync(ScriptedSource source, Func<SyncOptions, SyncOptions>? with = null)
    {
        var plan = await Bench.PlanAsync(source, with);
        var report = await Bench.SyncAsync(source, with);
        (plan.Documents, plan.Chunks, plan.Guard, plan.Outcome).ShouldBe((report.Documents, report.Chunks, report.Guard, report.Outcome));
        return report;
    }

    private async Task<List<string>> IdsAsync()
    {
        var ids = new List<string>();
        await foreach (var document in Store.Reader.DocumentsAsync("default", "", CancellationToken.None))
        {
            ids.Add(document.Id);
        }

        return ids;
    }
}
