using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Lifecycle;
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
    private const string Secret = "what nobody may find";

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

    [Theory]
    [InlineData(false, "delete from layout where document = (select key from document where id = 'person')")]
    [InlineData(true, "update chunk set to_sequence = null; delete from document_history")]
    public async Task What_is_forgotten_goes_with_chunks_that_no_list_names(bool isGone, string damage)
    {
        await Bench.SyncAsync(Upsert("person", Secret), Upsert("x", "other"));
        if (isGone)
        {
            await Bench.SyncAsync(new ScriptedSource("s", [Upsert("x", "other")]), request => request with { Guard = DeletionGuard.Off });
        }

        await ExecuteAsync(damage);

        (await Index.ForgetAsync(ForgetTarget.Document("person"))).IsClean.ShouldBeTrue();

        await ExecuteAsync("create table left_over (chunks integer check (chunks = 1)); insert into left_over select count(*) from chunk");
        (await Store.Embeddings.FindAsync(new("counting:32", CountingGenerator.Dimensions), [ContentHash.Of(Secret)], default)).ShouldBeEmpty();
        (await Store.Index.CheckAsync("default", default)).IsClean.ShouldBeTrue();
        (await Bench.ExportAsync()).ShouldContain("[other]");
    }

    private Task<VerifyReport> RepairAsync(ScriptedSource source) => new VerifyEngine(Store, Bench.Pipeline, Bench.Clock)
        .VerifyAsync(new VerifyOptions { Sources = [source], Repair = true, Guard = DeletionGuard.Off }, CancellationToken.None);
}
