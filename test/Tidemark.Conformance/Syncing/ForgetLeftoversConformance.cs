using Shouldly;
using Tidemark.Conformance.Publishing;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Lifecycle;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>What others left behind is forgotten as well, what is forgotten halfway is told and finished, and no way leads back.</summary>
public abstract class ForgetLeftoversConformance : StoreConformance
{
    private SyncBench? _bench;
    private TidemarkIndex? _index;

    private SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    private TidemarkIndex Index => _index ??= Bench.ComposeIndex();

    [Fact]
    public async Task A_purge_after_a_rebuild_leaves_no_chunk_and_no_vector()
    {
        await SyncAsync(Upsert("person", "first part\n\nsecond part"), Upsert("other", "second part"));
        (Bench.Together, Bench.ChunkerVersion) = (2, "2");
        await Bench.SyncAsync(
            new ScriptedSource("s", [Upsert("person", "first part\n\nsecond part"), Upsert("other", "second part")]), request => request with { Rebuild = true });
        await SyncAsync(Upsert("other", "second part"));
        (await VectorsAsync("first part\n\n", "first part\n\nsecond part")).ShouldBe(2);

        await Index.PurgeAsync(new PurgeTarget { Document = "person" });

        (await VectorsAsync("first part\n\n", "first part\n\nsecond part")).ShouldBe(0);
        (await VectorsAsync("second part")).ShouldBe(1, "another document needs it");
        (await Index.ForgetAsync(ForgetTarget.Document("person"))).ShouldSatisfyAllConditions(
            receipt => receipt.Removed.Chunks.ShouldBe(0), receipt => receipt.IsClean.ShouldBeTrue());
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_id_is_forgotten_with_what_other_documents_were_under_it()
    {
        await SyncAsync(Upsert("note", "kept here\n\nsaid under the first", sourceId: "customers/17"), Upsert("x", "other"));
        var first = (await Index.HistoryAsync("note")).States.Count;
        await SyncAsync(Upsert("note", "kept here\n\nsaid under the second", sourceId: "customers/18"), Upsert("x", "other"));

        var receipt = await Index.ForgetAsync(ForgetTarget.SourceId("customers/17"));

        first.ShouldBe(1);
        (receipt.Documents, receipt.Removed.Records, receipt.Removed.History, receipt.Removed.Chunks, receipt.Removed.Vectors, receipt.IsClean)
            .ShouldBe((1, 0, 1, 1, 1, true));
        (await Index.HistoryAsync("note")).States.ShouldHaveSingleItem().State.Document.SourceId.ShouldBe("customers/18");
        (await Store.Past.SourceIdsAsync("default", default)).ShouldNotContain("customers/17");
        (await VectorsAsync("said under the first")).ShouldBe(0);
        (await VectorsAsync("kept here\n\n", "said under the second")).ShouldBe(2);
        (await Store.Index.CheckAsync("default", default)).IsClean.ShouldBeTrue();
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_that_is_called_like_a_forgotten_source_id_is_none_of_what_is_left()
    {
        await SyncAsync(Upsert("customers/17", "of the second", sourceId: "customers/18"), Upsert("note", "of the first", sourceId: "customers/17"));

        var receipt = await Index.ForgetAsync(ForgetTarget.SourceId("customers/17"));

        (receipt.Documents, receipt.Removed.Records, receipt.IsClean).ShouldBe((1, 1, true));
        receipt.Probes.ShouldAllBe(probe => probe.Found == 0);
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["customers/17"]);
        (await AlertsAsync()).ShouldNotContain(AlertCodes.Unfinished);
    }

    [Fact]
    public async Task What_is_in_the_index_under_another_name_does_not_carry_a_forgotten_one_back()
    {
        await SyncAsync(Upsert("note", "of the second", sourceId: "customers/18"), Upsert("x", "other"));
        await Index.ForgetAsync(ForgetTarget.SourceId("customers/17"));
        var source = new ScriptedSource("s", [Upsert("note", "of the first", sourceId: "customers/17"), Upsert("x", "other")]);

        var plan = await Bench.PlanAsync(source, request => request with { Guard = DeletionGuard.Off });
        var left = await Bench.SyncAsync(source, request => request with { Guard = DeletionGuard.Off });
        var again = await Bench.SyncAsync(source, request => request with { Guard = DeletionGuard.Off });

        plan.Documents.ShouldBe(left.Documents);
        (left.Documents.Updated, left.Documents.Deleted).ShouldBe((0, 1), "the source does not have what it was any more");
        (again.Documents.Forgotten, again.Documents.Skipped).ShouldBe((1, 1));
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["x"]);
        await Index.EnqueueAsync(
            new[] { Upsert("x", "of the first", sourceId: "customers/17") }.ToAsyncEnumerable(), new EnqueueOptions { SourceName = "s" });
        await Index.RunWorkerAsync(new WorkerOptions { UntilEmpty = true });
        (await Index.DocumentsAsync().Select(one => one.SourceId).ToListAsync()).ShouldNotContain("customers/17");
    }

    [Fact]
    public async Task A_tombstone_writes_no_forgotten_id_down()
    {
        await SyncAsync(Upsert("person", "one"), Upsert("x", "other"));
        await Index.ForgetAsync(ForgetTarget.Document("person"));

        var report = await SyncAsync(Delete("person", version: 7), Upsert("x", "other"));

        (report.Documents.Seen, report.Documents.Forgotten, report.Documents.Deleted).ShouldBe((2, 1, 0));
        (await Store.Erasure.ProbeAsync("default", ["person"], [], [], default)).ShouldAllBe(probe => probe.Found == 0);
    }

    [Fact]
    public async Task What_was_begun_and_not_ended_is_told_by_all_and_ended_by_the_next_call()
    {
        await SyncAsync(Upsert("person", "one"), Upsert("gone", "two", sourceId: "group"), Upsert("x", "other"));
        await SyncAsync(Upsert("person", "one"), Upsert("gone", "two", sourceId: "elsewhere"), Upsert("x", "other"));
        await SyncAsync(Upsert("person", "one"), Upsert("x", "other"));
        await BeginAsync((SafeguardScope.Document, "person"), (SafeguardScope.SourceId, "group"));

        (await AlertsAsync()).ShouldContain(AlertCodes.Unfinished);
        var report = await SyncAsync(Upsert("person", "another"), Upsert("x", "other"));
        report.Warnings.ShouldContain(warning => warning.Code == ErrorCodes.ForgetUnfinished);
        (report.Documents.Updated, report.Documents.Deleted).ShouldBe((0, 1), "it leaves the index, as it was to");
        var receipt = await Index.ForgetAsync(ForgetTarget.Document("never"));

        (receipt.Documents, receipt.Removed.Records, receipt.IsClean).ShouldBe((2, 1, true));
        (await Index.HistoryAsync("gone")).States.ShouldHaveSingleItem().State.Document.SourceId.ShouldBe("elsewhere");
        (await AlertsAsync()).ShouldNotContain(AlertCodes.Unfinished);
        (await SyncAsync(Upsert("x", "other"))).Warnings.ShouldBeEmpty();
        var (_, forgotten) = await Index.ForgottenAsync();
        forgotten.ShouldAllBe(one => one.Note == receipt.Id);
    }

    [Fact]
    public async Task What_a_file_names_is_forgotten_whole_or_not_at_all()
    {
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"), Upsert("note", "three", sourceId: "group"));
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"), Upsert("note", "four", sourceId: "other"));
        await Index.ForgetAsync(ForgetTarget.Document("c"));
        var (secret, _) = await Index.ForgottenAsync();
        Safeguard[] file =
        [
            .. new[] { (SafeguardScope.Document, "a"), (SafeguardScope.Document, "b"), (SafeguardScope.SourceId, "group") }
                .Select(one => new Safeguard(SafeguardKind.Forgotten, one.Item1, secret!.HashOf(one.Item1, one.Item2), "receipt", Clock.Now)),
        ];
        await Index.AddHoldAsync(SafeguardScope.Document, "b");

        (await Should.ThrowAsync<TidemarkException>(Index.ReapplyAsync(secret!.Salt, file))).Code.ShouldBe(ErrorCodes.HoldHeld);
        (await Index.ForgottenAsync()).Forgotten.ShouldHaveSingleItem("nothing was done");
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["a", "b", "note"]);
        await Index.ReleaseHoldAsync(SafeguardScope.Document, "b");

        (await Index.ReapplyAsync(secret.Salt, file)).ShouldHaveSingleItem().Documents.ShouldBe(3);
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["note"]);
        (await Index.HistoryAsync("note")).States.Count.ShouldBe(1);
        (await Index.ReapplyAsync(secret.Salt, file)).ShouldBeEmpty();
        (await AlertsAsync()).ShouldNotContain(AlertCodes.Unfinished);
    }

    [Fact]
    public async Task A_name_that_nothing_has_is_told_and_a_source_is_no_source_id()
    {
        await SyncAsync(Upsert("docs/install.md", "one", sourceId: "group"), Upsert("x", "other"));

        (await Index.ForgetAsync(ForgetTarget.Document("docs/instal.md"))).Warnings.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(warning => warning.Code.ShouldBe(ErrorCodes.DocumentMissing), warning => warning.Remedy.ShouldContain("docs/install.md"));
        (await Index.ForgetAsync(ForgetTarget.SourceId("gruop"))).Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.DocumentMissing);
        (await Should.ThrowAsync<TidemarkException>(Index.ForgetAsync(ForgetTarget.SourceId("s")))).Message.ShouldContain("'s' is a source");
        (await Should.ThrowAsync<TidemarkException>(Index.AddHoldAsync(SafeguardScope.SourceId, "s"))).Message.ShouldContain("'s' is a source");
        (await Index.HoldsAsync()).ShouldBeEmpty();
        (await Index.AddHoldAsync(SafeguardScope.Document, "docs/install.m")).Warnings.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(warning => warning.Code.ShouldBe(ErrorCodes.DocumentMissing), warning => warning.Remedy.ShouldContain("docs/install.md"));
        (await Index.AddHoldAsync(SafeguardScope.SourceId, "gruop 2")).Warnings.ShouldHaveSingleItem().Message.ShouldContain("what comes under this name is held");
        (await Index.AddHoldAsync(SafeguardScope.Document, "x")).Warnings.ShouldBeEmpty();
        (await Index.AddHoldAsync(SafeguardScope.SourceId, "x")).Warnings.ShouldBeEmpty("a document without a source id is one by its id");

        (await Index.ForgetAsync(ForgetTarget.SourceId("group"))).ShouldSatisfyAllConditions(
            receipt => receipt.Documents.ShouldBe(1), receipt => receipt.Warnings.ShouldBeEmpty());
        (await Index.ForgetAsync(ForgetTarget.SourceId("group"))).Warnings.ShouldBeEmpty("it was");
    }

    [Fact]
    public async Task Neither_a_hold_nor_a_golden_query_writes_a_forgotten_name_down_again()
    {
        await SyncAsync(Upsert("person", "one"), Upsert("x", "other"));
        await Index.ForgetAsync(ForgetTarget.Document("person"));
        await Index.ForgetAsync(ForgetTarget.SourceId("customers/17"));

        foreach (var (scope, name) in new[] { (SafeguardScope.Document, "person"), (SafeguardScope.SourceId, "person"), (SafeguardScope.SourceId, "customers/17") })
        {
            (await Should.ThrowAsync<TidemarkException>(Index.AddHoldAsync(scope, name))).Code.ShouldBe(ErrorCodes.ForgetRemembered, name);
        }

        var expecting = new GoldenQuery { Query = "who", Expected = [new GoldenAnswer("x"), new GoldenAnswer("person")] };
        (await Should.ThrowAsync<TidemarkException>(Index.RecordGoldenAsync([expecting]))).Code.ShouldBe(ErrorCodes.ForgetRemembered);
        using var lines = new MemoryStream(
            """
            {"query":"who","expected":["person"]}
            {"query":"what","expected":["x"]}
            """u8.ToArray());
        var imported = await Index.ImportGoldenAsync(lines);
        imported.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe(ErrorCodes.ForgetRemembered), error => error.Remedy.ShouldContain("LiftAsync(DOCUMENT)"));
        (await Index.HoldsAsync()).ShouldBeEmpty();
        (await Index.GoldenQueriesAsync()).ShouldHaveSingleItem().Query.ShouldBe("what");
        await Index.LiftAsync(SafeguardScope.Document, "person");
        (await Index.AddHoldAsync(SafeguardScope.Document, "person")).IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task A_hold_of_a_source_id_covers_what_was_under_it_and_what_comes_is_refused_by_its_name()
    {
        await SyncAsync(Upsert("a", "one", sourceId: "group"), Upsert("x", "other"));
        await Index.AddHoldAsync(SafeguardScope.Document, "another", "case 1");
        await Index.AddHoldAsync(SafeguardScope.SourceId, "group", "case 2");
        await SyncAsync(Upsert("a", "one", sourceId: "elsewhere"), Upsert("x", "other"));
        await SyncAsync(Upsert("x", "other"));
        Clock.Now += TimeSpan.FromDays(100);
        await SyncAsync(Upsert("x", "changed"));
        await Index.CollectAsync(new GarbageOptions { History = TimeSpan.FromDays(30), Embeddings = TimeSpan.FromDays(30) });

        (await Index.HistoryAsync("a")).States.Count.ShouldBe(2);
        (await Should.ThrowAsync<TidemarkException>(Index.PurgeAsync(new PurgeTarget { Document = "a" }))).Message.ShouldContain("case 2");
        (await Should.ThrowAsync<TidemarkException>(Index.ForgetAsync(ForgetTarget.Document("a")))).Message.ShouldContain("case 2");
        (await Should.ThrowAsync<TidemarkException>(Index.ForgetAsync(ForgetTarget.SourceId("group")))).Message.ShouldContain("case 2");
        (await Should.ThrowAsync<TidemarkException>(Index.ForgetAsync(ForgetTarget.Document("another")))).Message.ShouldContain("case 1");
    }

    [Fact]
    public async Task An_index_outside_of_the_store_is_asked_and_what_it_still_has_is_told()
    {
        var bench = new PublishingBench(Store);
        var index = TidemarkIndex.Create(builder => builder
            .UseStore(Store).UseIndex(location: null, (_, _) => ValueTask.FromResult<IExternalIndexes>(bench.Server))
            .UseEmbedder(bench.Sync.Pipeline.Model).UseChunker(bench.Sync.Pipeline.Chunker).UseClock(Clock));
        await bench.SyncAsync(Upsert("person", "one\n\ntwo"), Upsert("x", "other"));

        bench.Server.RequestsLeft = 0;
        var early = await index.ForgetAsync(ForgetTarget.Document("person"));
        bench.Server.RequestsLeft = null;
        (early.External, early.Keywords, early.IsClean).ShouldBe((0, 2, false));
        early.Probes.ShouldContain(probe => probe.Found > 0 && probe.Place.Contains(PublishingBench.Location, StringComparison.Ordinal));
        early.NotCovered.ShouldContain(what => what.Contains(PublishingBench.Location, StringComparison.Ordinal));
        bench.Collection.Entries.Count.ShouldBe(3);
        (await AlertsAsync()).ShouldContain(AlertCodes.Unfinished);

        var late = await index.ForgetAsync(ForgetTarget.Document("person"));
        (late.External, late.IsClean).ShouldBe((2, true));
        bench.Collection.Entries.Count.ShouldBe(1);
        (await AlertsAsync()).ShouldNotContain(AlertCodes.Unfinished);

        bench.Server.RequestsLeft = 0;
        (await index.ForgetAsync(ForgetTarget.Document("never"))).IsClean.ShouldBeFalse("nobody can say what it has");
        bench.Server.RequestsLeft = null;
    }

    [Fact]
    public async Task The_queue_does_not_take_what_was_forgotten()
    {
        await SyncAsync(Upsert("person", "one"), Upsert("x", "other"));
        await Index.ForgetAsync(ForgetTarget.Document("person"));
        await Index.ForgetAsync(ForgetTarget.SourceId("group"));

        var report = await Index.EnqueueAsync(
            new[] { Upsert("person", "one"), Delete("person"), Upsert("y", "two", sourceId: "group"), DeleteSource("group"), Upsert("z", "three") }.ToAsyncEnumerable(),
            new EnqueueOptions { SourceName = "s" });

        (report.Seen, report.Forgotten, report.Changes.Added, report.Queue.Pending).ShouldBe((5, 4, 1, 1));
    }

    private async Task BeginAsync(params (SafeguardScope Scope, string Name)[] names)
    {
        var secret = await Store.Safeguards.KeepSecretAsync(StoreSecret.Make(), default);
        await Store.Safeguards.ReplaceAsync(
            "default",
            [.. names.Select(one => new Safeguard(SafeguardKind.Forgotten, one.Scope, secret.HashOf(one.Scope, one.Name), "cut off", Clock.Now).Begun())],
            default);
    }

    private async Task<List<string>> AlertsAsync() => [.. (await Index.StatusAsync(new StatusOptions())).Alerts.Select(alert => alert.Code)];

    private async Task<int> VectorsAsync(params string[] texts) => (await Store.Embeddings.FindAsync(
        new("counting:32", CountingGenerator.Dimensions), [.. texts.Select(text => ContentHash.Of(text))], default)).Count;

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) =>
        Bench.SyncAsync(new ScriptedSource("s", changes), request => request with { Guard = DeletionGuard.Off });
}
