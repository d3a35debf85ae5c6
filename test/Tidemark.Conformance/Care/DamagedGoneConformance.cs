using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Care;

/// <summary>A listing that does not name a document, or a tombstone of its group, means the document that was stored, and not what damage made of it.</summary>
[NotForTheModel]
public abstract class DamagedGoneConformance : DamagedStoreSuite
{
    [Fact]
    public async Task A_tombstone_of_a_group_closes_no_document_that_damage_put_into_it()
    {
        var whole = new ScriptedSource("s", [Upsert("a", "alpha one", sourceId: "S1"), Upsert("b", "beta two", sourceId: "S2")]);
        await Bench.SyncAsync(whole);
        await ExecuteAsync("update document set source_id = (select source_id from document where id = 'b') where id = 'a'");

        var report = await Bench.SyncAsync(new ScriptedSource("s", [DeleteSource("S2")]), request => request with { Cleanup = CleanupMode.None });

        (report.Outcome, report.Documents.Deleted, report.Documents.Failed).ShouldBe((RunOutcome.Partial, 1, 1));
        report.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => error.Item.ShouldBe("a"), error => error.Code.ShouldBe(ErrorCodes.StoreCorrupt), error => error.Remedy.ShouldContain("Repair)"));
        (await RepairAsync(new ScriptedSource("s", [Upsert("a", "alpha one", sourceId: "S1")]))).InSync.ShouldBeTrue();
        (await Bench.ExportAsync()).ShouldSatisfyAllConditions(
            export => export.ShouldContain("[alpha one]"), export => export.ShouldNotContain("[beta two]"));
    }

    [Fact]
    public async Task A_document_whose_id_was_altered_is_not_taken_for_one_that_is_gone()
    {
        var source = new ScriptedSource("s", [Upsert("d1", "one"), Upsert("d2", "two"), Upsert("d3", "three"), Upsert("d4", "four")]);
        await Bench.SyncAsync(source);
        var before = await Bench.ExportAsync();
        await ExecuteAsync("update document set id = 'dX' where id = 'd1'");

        var report = await Bench.SyncAsync(source, request => request with { Guard = DeletionGuard.Off });

        (report.Outcome, report.Documents.Deleted).ShouldBe((RunOutcome.Partial, 0));
        report.Errors.ShouldHaveSingleItem().Item.ShouldBe("dX");
        (await RepairAsync(source)).InSync.ShouldBeTrue();
        (await Bench.ExportAsync()).ShouldBe(before);
    }

    private Task<VerifyReport> RepairAsync(ScriptedSource source) => new VerifyEngine(Store, Bench.Pipeline, Bench.Clock)
        .VerifyAsync(new VerifyOptions { Sources = [source], Repair = true, Guard = DeletionGuard.Off }, CancellationToken.None);
}
