using Shouldly;
using Tidemark.Archiving;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Copying;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Copying;

/// <summary>A copy holds everything that its original does, costs no embedding call, and goes on as the original would.</summary>
[NotForTheModel]
public abstract class StoreCopyConformance : StoreConformance
{
    private const int States = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_copy_of_any_history_is_equal_and_goes_on(int seed)
    {
        var corpus = new RandomCorpus(new Random(seed));
        var bench = new SyncBench(Store) { Price = 1, Clock = Clock };
        for (var state = 0; state < States; state++)
        {
            corpus.Change();
            await SyncAsync(bench, corpus);
        }

        await using var target = await OpenOtherAsync(Clock);
        var report = await CopyAsync(target);

        var copy = new SyncBench(target) { Price = 1, Clock = Clock };
        (await copy.ExportAsync()).ShouldBe(await bench.ExportAsync());
        (await target.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
        report.Chunks.ShouldBe(corpus.Chunks().Count());
        report.Runs.ShouldBe(States);
        (await target.Reader.RunsAsync("default", 100, CancellationToken.None))
            .ShouldBeEquivalentTo(await Store.Reader.RunsAsync("default", 100, CancellationToken.None));
        (await target.Ledger.MonthsAsync(LedgerMonth.Of(Clock.GetUtcNow()), LedgerMonth.Of(Clock.GetUtcNow()), CancellationToken.None))
            .ShouldBe(await Store.Ledger.MonthsAsync(LedgerMonth.Of(Clock.GetUtcNow()), LedgerMonth.Of(Clock.GetUtcNow()), CancellationToken.None));

        (await SyncAsync(copy, corpus)).Documents.Skipped.ShouldBe(corpus.Documents().Count());
        corpus.Change();
        await SyncAsync(copy, corpus);
        await SyncAsync(bench, corpus);
        copy.Generator.Asked.ShouldBe(bench.Generator.Asked.TakeLast(copy.Generator.Asked.Count), "only what is new is embedded");
        (await copy.ExportAsync()).ShouldBe(await bench.ExportAsync());
    }

    [Fact]
    public async Task What_waits_in_the_queue_goes_along_and_is_carried_out_there()
    {
        await Store.Queue.EnqueueAsync(
            "default", [new("docs", ScriptedSource.Upsert("a", "one")), new("docs", ScriptedSource.Delete("b"))], 10, CancellationToken.None);
        await using var target = await OpenOtherAsync(Clock);

        await CopyAsync(target);

        Clock.Now = DateTimeOffset.UtcNow.AddMinutes(1); // a server has a clock of its own
        var claimed = await target.Queue.ClaimAsync(
            "default", new ClaimRequest(10, TimeSpan.FromMinutes(1)), CancellationToken.None);
        claimed.Select(change => change.Document).ShouldBe(["a", "b"]);
        await target.Queue.EnqueueAsync(
            "default", [new("docs", ScriptedSource.Upsert("a", "newer"))], 10, CancellationToken.None);
        await target.Queue.SettleAsync(
            "default", [.. claimed.Select(change => new ChangeSettlement.Complete(change.Lease))], CancellationToken.None);
        (await target.QueuedChanges.CountAsync("default", CancellationToken.None)).Pending.ShouldBe(1, "what came since stays");
    }

    [Fact]
    public async Task What_is_held_and_what_is_golden_goes_along_and_more_can_be_added_there()
    {
        await new SyncBench(Store) { Clock = Clock }.SyncAsync(ScriptedSource.Upsert("a", "one"));
        var hold = new Safeguard(SafeguardKind.Hold, SafeguardScope.Document, "a", "why", Clock.GetUtcNow());
        var query = new GoldenQuery { Query = "one", Expected = [new GoldenAnswer("a")], Since = Clock.GetUtcNow() };
        var run = new GoldenRun { Generation = 1, At = Clock.GetUtcNow(), Metric = "recall@10", Queries = 1, Labelled = 1, Score = 1, Results = [new(query, 1, ["a"])] };
        await Store.Safeguards.AddAsync("default", hold, CancellationToken.None);
        await Store.Golden.PutAsync("default", [query], CancellationToken.None);
        await Store.Golden.KeepAsync("default", run, CancellationToken.None);
        await using var target = await OpenOtherAsync(Clock);

        await CopyAsync(target);
        await target.Safeguards.AddAsync("default", hold with { Name = "b" }, CancellationToken.None);
        await target.Golden.PutAsync("default", [query with { Query = "two" }], CancellationToken.None);
        await target.Golden.KeepAsync("default", run with { Score = 0.5 }, CancellationToken.None);

        (await target.Safeguards.ListAsync("default", SafeguardKind.Hold, CancellationToken.None)).ShouldBe([hold, hold with { Name = "b" }]);
        (await target.Golden.ListAsync("default", CancellationToken.None)).Select(one => one.Query).ShouldBe(["one", "two"]);
        (await target.Golden.RunsAsync("default", 10, CancellationToken.None)).Select(one => one.Score).ShouldBe([0.5, 1]);
        (await target.Care.CheckAsync("default", CancellationToken.None)).Damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_a_source_lay_goes_along_so_that_edits_of_its_folder_are_no_other_folder_s()
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-place").FullName;
        ScriptedSource Source(string text) => new("s", [ScriptedSource.Upsert("a", text), ScriptedSource.Upsert("b", "two")]) { Place = folder };
        await new SyncBench(Store) { Clock = Clock }.SyncAsync(Source("one"));
        await using var target = await OpenOtherAsync(Clock);

        await CopyAsync(target);

        (await target.Reader.PlacesAsync("default", CancellationToken.None)).ShouldHaveSingleItem().Value.ShouldBe(folder);
        var report = await new SyncBench(target) { Clock = Clock }.SyncAsync(Source("1"));
        (report.Guard, report.Documents.Updated).ShouldBe((null, 1));
        report.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_service_remembers_goes_along()
    {
        await new SyncBench(Store) { Clock = Clock }.SyncAsync(ScriptedSource.Upsert("a", "one"));
        var lasting = new ServiceEntry("kind", "a\u0000b", """{"a":"\u0001"}""", Clock.GetUtcNow());

        // By whatever clock the other store goes, it has not expired.
        var passing = new ServiceEntry("kind", "c", "", Clock.GetUtcNow().AddTicks(-1), Clock.GetUtcNow().AddYears(1_000));
        await Store.ServiceEntries.PutAsync(lasting, CancellationToken.None);
        await Store.ServiceEntries.PutAsync(passing, CancellationToken.None);
        await using var target = await OpenOtherAsync(Clock);

        await CopyAsync(target);

        (await target.ServiceEntries.ListAsync("kind", null, 10, CancellationToken.None)).ShouldBe([lasting, passing]);
        (await target.ServiceEntries.TryAddAsync(lasting, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_target_that_has_anything_is_refused_and_stays_as_it_is()
    {
        await new SyncBench(Store) { Clock = Clock }.SyncAsync(ScriptedSource.Upsert("a", "one"));
        await using var target = await OpenOtherAsync(Clock);
        var other = new SyncBench(target) { Clock = Clock };
        await other.SyncAsync(ScriptedSource.Upsert("b", "two"));
        var before = await other.ExportAsync();

        var refused = await Should.ThrowAsync<TidemarkException>(() => CopyAsync(target));

        refused.Code.ShouldBe(ErrorCodes.StoreNotEmpty);
        (await other.ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_copy_that_is_finished_is_known_again_until_its_original_goes_on()
    {
        var bench = new SyncBench(Store) { Clock = Clock };
        await bench.SyncAsync(ScriptedSource.Upsert("a", "one"));
        await using var target = await OpenOtherAsync(Clock);
        var first = await CopyAsync(target);
        var before = await bench.ExportAsync();

        (await CopyAsync(target)).ShouldBe(first with { WasThere = true, RowsWritten = 0 });
        await bench.SyncAsync(ScriptedSource.Upsert("a", "two"));

        (await Should.ThrowAsync<TidemarkException>(() => CopyAsync(target))).Code.ShouldBe(ErrorCodes.StoreNotEmpty);
        (await new SyncBench(target) { Clock = Clock }.ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_copy_that_fails_half_way_goes_on_where_it_ended_and_writes_nothing_twice()
    {
        await new SyncBench(Store) { Clock = Clock }.SyncAsync(ScriptedSource.Upsert("a", "one\n\ntwo\n\n"), ScriptedSource.Upsert("b", "three\n\n"));
        await using var target = await OpenOtherAsync(Clock);
        var brought = await BringAsync(target, until: ArchiveTables.Chunks);
        await BringAsync(target, until: ArchiveTables.Chunks);

        var report = await CopyAsync(target);

        brought.ShouldBeGreaterThan(0);
        (report.RowsWritten + brought, report.Documents).ShouldBe((report.Rows, 2));
        (await new SyncBench(target).ExportAsync()).ShouldBe(await new SyncBench(Store).ExportAsync());
        (await target.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
        (await target.Care.CheckAsync("default", CancellationToken.None)).Damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_original_changed_between_two_attempts_is_brought_anew_and_an_older_attempt_cannot_be_completed()
    {
        await new SyncBench(Store) { Clock = Clock }.SyncAsync(
            ScriptedSource.Upsert("a", "one\n\ntwo\n\n"), ScriptedSource.Upsert("b", "three\n\n"));
        await using var target = await OpenOtherAsync(Clock);
        await BringAsync(target, until: null);
        await target.Index.RepairAsync("default", TimeSpan.Zero, CancellationToken.None);
        await new SyncBench(Store) { Clock = Clock }.SyncAsync(ScriptedSource.Upsert("a", "four\n\n"));

        var report = await CopyAsync(target);

        (report.Documents, report.RowsWritten > 0, report.RowsWritten < report.Rows).ShouldBe((1, true, true));
        (await new SyncBench(target).ExportAsync()).ShouldBe(await new SyncBench(Store).ExportAsync());
        (await target.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
        var late = await Should.ThrowAsync<TidemarkException>(
            async () => await target.Archive.CompleteAsync(1, CancellationToken.None));
        late.Code.ShouldBe(ErrorCodes.StoreCopy);
        (await CopyAsync(target)).WasThere.ShouldBeTrue("it is finished, and no run has gone on from it");
    }

    [Fact]
    public async Task An_empty_store_and_odd_texts_are_copied()
    {
        await using (var empty = await OpenOtherAsync(Clock))
        {
            (await CopyAsync(empty)).Rows.ShouldBe(0);
        }

        await new SyncBench(Store) { Clock = Clock }.SyncAsync(
            ScriptedSource.Upsert("a\u0000b", "NUL \u0000 and \u0001 in a text\n\nand \U0001F600", """{"k":"\u0000"}"""),
            ScriptedSource.Upsert(new string('i', 5_000), ""));
        var space = new EmbeddingSpace("counting:32", CountingGenerator.Dimensions);
        await Store.Quarantine.PutAsync(
            [
                new QuarantinedInput
                {
                    Namespace = "default",
                    Document = "a",
                    Space = space.Name,
                    Input = ContentHash.Of("bad".AsSpan()),
                    Code = "code",
                    Message = "no \u0000 way",
                    Since = Clock.GetUtcNow(),
                },
            ],
            CancellationToken.None);
        await using var target = await OpenOtherAsync(Clock);

        await CopyAsync(target);

        (await new SyncBench(target).ExportAsync()).ShouldBe(await new SyncBench(Store).ExportAsync());
        (await target.Quarantine.ListAsync("default", CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_rebuild_left_half_done_is_not_copied()
    {
        var bench = new SyncBench(Store) { Clock = Clock };
        await bench.SyncAsync(ScriptedSource.Upsert("a", "one\n\ntwo\n\n"), ScriptedSource.Upsert("b", "three\n\n"));
        var session = await Store.Records.OpenAsync(
            new("default", TimeSpan.Zero, ForPlan: false, KeepText: true), CancellationToken.None);
        await using (session)
        {
            await session.Catalog.CreateGenerationAsync(
                bench.Pipeline.Identity with { Chunker = "other" }, follows: false, CancellationToken.None);
        }

        await using var target = await OpenOtherAsync(Clock);
        await CopyAsync(target);

        var copy = new SyncBench(target) { Clock = Clock, ChunkerVersion = "2" };
        var rebuilt = await copy.SyncAsync(
            new ScriptedSource("s", [ScriptedSource.Upsert("a", "one\n\ntwo\n\n"), ScriptedSource.Upsert("b", "three\n\n")]),
            request => request with { Rebuild = true });
        rebuilt.Outcome.ShouldBe(RunOutcome.Succeeded);
        copy.Generator.Asked.ShouldBeEmpty("the inputs are the same");
    }

    /// <summary>Another empty store, of any kind; by default of the adapter's own.</summary>
    protected virtual ValueTask<ITidemarkStore> OpenOtherAsync(TimeProvider clock) => OpenAsync(clock);

    /// <summary>As a copy that ends before a table.</summary>
    private async Task<long> BringAsync(ITidemarkStore target, ArchiveTable? until)
    {
        await using var filling = await target.Archive.FillAsync(CancellationToken.None);
        await using var reading = await Store.Archive.OpenAsync(CancellationToken.None);
        var written = 0L;
        foreach (var table in ArchiveTables.All.TakeWhile(table => table != until).Where(table => filling.PartsOf(table).Count == 0))
        {
            var rows = new List<ArchiveRow>();
            await foreach (var page in reading.RowsAsync(table, CancellationToken.None))
            {
                rows.AddRange(page);
            }

            if (rows.Count > 0)
            {
                var digest = new ArchiveDigest();
                var sum = rows.Aggregate(UInt128.Zero, (all, row) => unchecked(all + digest.Add(row).Sum));
                await filling.WriteAsync(new ArchivePart(table, 0, rows.Count, sum), rows, CancellationToken.None);
                written += rows.Count;
            }
        }

        if (until is null)
        {
            await filling.EndAsync(CancellationToken.None);
        }

        return written;
    }

    private Task<StoreCopyReport> CopyAsync(ITidemarkStore target) =>
        new StoreCopy(Store, target, TimeProvider.System).RunAsync(progress: null, CancellationToken.None);

    private static Task<SyncReport> SyncAsync(SyncBench bench, RandomCorpus corpus) => bench.SyncAsync(
        new ScriptedSource("s", [.. corpus.Documents()]), request => request with { Guard = DeletionGuard.Off });
}
