using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>What a source of the same name in another place may do, on any store.</summary>
public abstract class PlaceConformance : StoreConformance
{
    private static readonly string Former = Directory.CreateTempSubdirectory("tidemark-place").FullName;

    [Fact]
    public async Task Nothing_is_taken_of_another_place_that_would_replace_much_while_the_former_is_there()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(At(Former, Upsert("a", "one"), Upsert("b", "two"), Upsert("c", "three")));
        var before = await bench.ExportAsync();
        var other = At("/elsewhere", Upsert("a", "1"), Upsert("b", "two"), Upsert("c", "three"), Upsert("d", "four"));

        var planned = await bench.PlanAsync(other);
        var synced = await bench.SyncAsync(other);
        var repaired = await new VerifyEngine(Store, bench.Pipeline, bench.Clock)
            .VerifyAsync(new VerifyOptions { Sources = [other], Repair = true }, CancellationToken.None);

        foreach (var report in new[] { planned, synced })
        {
            (report.Outcome, report.Guard!.Held, report.Guard.MovedFrom, report.Documents.Seen).ShouldBe((RunOutcome.Guarded, 1, Former, 0));
            report.Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.SourceMoved);
        }

        planned.Changes.ShouldNotBeNull().ShouldBeEmpty();
        repaired.Source.ShouldBe(new SourceDrift(1, 0, 1, 0, 0) { Guard = repaired.Source.Guard });
        repaired.Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.SourceMoved);
        (await bench.ExportAsync()).ShouldBe(before);
        (await bench.SyncAsync(other, request => request with { Guard = DeletionGuard.Off })).Documents.Updated.ShouldBe(1);
        (await bench.SyncAsync(other)).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_does_not_replace_the_records_of_its_name_until_that_is_meant()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one"), Upsert("b", "two"), Upsert("c", "three"));
        var before = await bench.ExportAsync();
        var folder = At(Former, Upsert("a", "1"), Upsert("b", "2"));

        for (var i = 0; i < 2; i++)
        {
            var held = await bench.SyncAsync(folder);
            (held.Outcome, held.Guard!.Held, held.Documents.Seen).ShouldBe((RunOutcome.Guarded, 3, 0));
            held.Guard.Remedy.ShouldContain("the records that the source has");
        }

        (await bench.ExportAsync()).ShouldBe(before);
        (await bench.SyncAsync(folder, request => request with { Guard = DeletionGuard.Off })).Documents.Deleted.ShouldBe(1);
        (await bench.SyncAsync(folder)).Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    [Fact]
    public async Task A_folder_that_was_queued_before_it_was_listed_is_taken()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one"), Upsert("b", "two"));

        (await bench.SyncAsync(At(Former, Upsert("a", "one"), Upsert("b", "two"), Upsert("c", "three")))).Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    [Fact]
    public async Task A_move_to_another_place_and_within_it_is_no_replacement()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(At(Former, Upsert("a", "one"), Upsert("b", "two")));

        var moved = await bench.SyncAsync(At("/elsewhere", Upsert("a", "one"), Upsert("sub/b", "two")));

        (moved.Outcome, moved.Documents.Moved).ShouldBe((RunOutcome.Succeeded, 1));
        moved.Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.SourceMoved);
    }

    [Fact]
    public async Task The_first_place_is_known_although_not_everything_could_be_listed()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(new ScriptedSource("s", [Upsert("a", "one")])
        {
            Place = Former,
            Failures = [new ItemFailure("b/", ErrorCodes.SourceUnreadable, "no", "look", HidesDocuments: true)],
        });

        (await bench.SyncAsync(At("/elsewhere", Upsert("a", "1")))).Guard!.MovedFrom.ShouldBe(Former);
    }

    [Fact]
    public async Task What_another_source_of_the_call_does_is_done()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(At(Former, Upsert("a", "one")));
        var beside = new ScriptedSource("beside", [Upsert("x", "new")]);

        var report = await bench.Engine.SyncAsync(
            new SyncOptions { Sources = [At("/elsewhere", Upsert("a", "1")), beside] }, CancellationToken.None);

        (report.Outcome, report.Documents.Added, report.Documents.Updated).ShouldBe((RunOutcome.Guarded, 1, 0));
        (await Store.Reader.PlacesAsync("default", CancellationToken.None))["s"].ShouldBe(Former);
    }

    private static ScriptedSource At(string place, params DocumentChange[] changes) => new("s", changes) { Place = place };
}
