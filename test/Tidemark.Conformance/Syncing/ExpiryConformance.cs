using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Searching;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>What has expired is in no answer, closed or not, and stays away until its time is moved.</summary>
public abstract class ExpiryConformance : StoreConformance
{
    private SyncBench? _bench;
    private TidemarkIndex? _index;

    private SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    private TidemarkIndex Index => _index ??= Bench.ComposeIndex();

    [Fact]
    public async Task From_that_instant_on_it_is_in_no_answer_although_nobody_has_closed_it()
    {
        await SyncAsync(Until("a", "lighthouse keeper", Clock.Now.AddHours(1)), Until("b", "lighthouse lamp", Clock.Now.AddHours(3)), Upsert("c", "lighthouse door"));
        (await FoundAsync("lighthouse")).ShouldBe(["a", "b", "c"]);

        Clock.Now += TimeSpan.FromHours(1);

        (await FoundAsync("lighthouse")).ShouldBe(["b", "c"]);
        (await FoundAsync("lighthouse", MetadataFilter.None with { Path = "a" })).ShouldBeEmpty();
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["b", "c"]);
        (await Index.ChunksAsync().Select(one => one.Document).ToListAsync()).ShouldBe(["b", "c"]);
        (await Should.ThrowAsync<TidemarkException>(Index.DocumentAsync("a"))).Code.ShouldBe(ErrorCodes.DocumentMissing);

        Clock.Now += TimeSpan.FromHours(2);

        (await FoundAsync("lighthouse")).ShouldBe(["c"]);
    }

    [Fact]
    public async Task As_of_a_moment_it_is_there_until_its_time_was_over()
    {
        var began = Clock.Now;
        var first = (await SyncAsync(Until("a", "one", began.AddHours(1)), Upsert("b", "two"))).Run!.Value;
        Clock.Now += TimeSpan.FromHours(2);
        var second = (await SyncAsync(Until("a", "one", began.AddHours(1)), Upsert("b", "two"))).Run!.Value;

        (await ThenAsync(PointInTime.AfterRun(first))).ShouldBe(["a", "b"]);
        (await ThenAsync(PointInTime.At(began.AddMinutes(59)))).ShouldBe(["a", "b"]);
        (await ThenAsync(PointInTime.At(began.AddMinutes(60)))).ShouldBe(["b"]);
        (await ThenAsync(PointInTime.AfterRun(second))).ShouldBe(["b"]);
        await Index.ExpireAsync();
        (await ThenAsync(PointInTime.AfterRun(first))).ShouldBe(["a", "b"]);
        (await ThenAsync(PointInTime.At(began.AddMinutes(60)))).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Closing_is_counted_and_what_is_closed_comes_back_under_another_time_only()
    {
        await SyncAsync(Until("a", "one", Clock.Now.AddHours(1)), Until("b", "two", Clock.Now.AddHours(1)), Upsert("c", "three"));
        Clock.Now += TimeSpan.FromHours(1);
        var source = new ScriptedSource("s", [Until("a", "one", Clock.Now), Until("b", "two", Clock.Now), Upsert("c", "three")]);
        (await Index.VerifyAsync(new VerifyOptions { Sources = [source] })).InSync.ShouldBeTrue("no answer has them, closed or not");
        var inputs = Bench.Generator.Asked.Count;

        (await Index.ExpireAsync(new LifecycleOptions { DryRun = true })).ShouldSatisfyAllConditions(
            dry => dry.DryRun.ShouldBeTrue(), dry => dry.Documents.ShouldBe(2), dry => dry.Chunks.ShouldBe(2), dry => dry.Run.ShouldBeNull());
        var closed = await Index.ExpireAsync();
        (closed.Documents, closed.Chunks, closed.EmbeddingCalls, closed.DryRun).ShouldBe((2, 2, 0, false));
        (await Index.ExpireAsync()).Documents.ShouldBe(0);
        (await Index.VerifyAsync(new VerifyOptions { Sources = [source] })).InSync.ShouldBeTrue();

        (await KnownAsync()).Documents.ShouldBe(1);
        (await Store.Past.StatesAsync("default", "a", default)).Single().Ended.ShouldBe(StateEnd.Expired);
        var listed = await SyncAsync(Until("a", "one", Clock.Now.AddHours(-1)), Until("b", "two", Clock.Now.AddHours(1)), Upsert("c", "three"));
        (listed.Documents.Added, listed.Documents.Skipped, listed.Documents.Deleted).ShouldBe((1, 2, 0), "the time of 'b' was moved");
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["b", "c"]);
        Bench.Generator.Asked.Count.ShouldBe(inputs, "its vectors are still there");
    }

    [Fact]
    public async Task What_comes_when_its_time_is_over_leaves_the_index_and_its_plan_says_so()
    {
        await SyncAsync(Upsert("a", "one", version: 1), Upsert("b", "two"));

        var source = new ScriptedSource("s", [Until("a", "one", Clock.Now, version: 2), Upsert("b", "two"), Until("new", "three", Clock.Now.AddDays(-1))]);
        var plan = await Bench.PlanAsync(source);
        var report = await Bench.SyncAsync(source);

        plan.Documents.ShouldBe(report.Documents);
        plan.Changes!.Single().ShouldSatisfyAllConditions(
            change => change.Document.ShouldBe("a"), change => change.Change.ShouldBe("deleted"), change => change.Reason.ShouldBe("expired"));
        (report.Documents.Seen, report.Documents.Added, report.Documents.Skipped, report.Documents.Tombstones, report.Documents.Deleted).ShouldBe((3, 0, 1, 2, 1));
        (await SyncAsync(Upsert("a", "older", version: 1), Upsert("b", "two"))).Documents.Outdated.ShouldBe(1);
        (await SyncAsync(Until("a", "one", Clock.Now.AddDays(1), version: 2), Upsert("b", "two"))).Documents.Added.ShouldBe(1);
    }

    [Fact]
    public async Task A_time_that_was_moved_meanwhile_holds()
    {
        await SyncAsync(Until("a", "one", Clock.Now.AddHours(1)));
        Clock.Now += TimeSpan.FromHours(2);
        var expired = new DocumentChange.Delete("a", "a", DocumentVersion.None, ChangeToken.None) { IsExpiry = true, IfExpiredBy = Clock.Now };
        await SyncAsync(Until("a", "one", Clock.Now.AddHours(1)));

        (await Bench.SyncAsync(new ScriptedSource("s", [expired]), request => request with { Cleanup = CleanupMode.None })).Documents.Deleted.ShouldBe(0);

        (await KnownAsync()).Documents.ShouldBe(1);
    }

    [Fact]
    public async Task It_is_gone_for_whoever_asks_although_nobody_has_closed_it()
    {
        await SyncAsync(Until("a", "one\n\ntwo", Clock.Now.AddHours(1)), Upsert("b", "three"), Upsert("c", "four"), Until("d", "five", Clock.Now.AddHours(1)));
        await Bench.SyncAsync(new ScriptedSource("s", [Delete("b")]), request => request with { Cleanup = CleanupMode.None });
        var before = await Bench.ExportAsync();
        var ended = Clock.Now.AddHours(1);
        Clock.Now += TimeSpan.FromHours(2);

        var archived = await Index.ArchiveAsync(TimeSpan.FromDays(30)).ToListAsync();
        archived.Select(one => (one.State.Document.Id, one.State.Ended)).ShouldBe(
            [("a", StateEnd.Expired), ("b", StateEnd.Tombstoned), ("d", StateEnd.Expired)]);
        (archived[0].At, archived[0].RecoverableUntil).ShouldBe((ended, Clock.Now.AddDays(30)));
        (await Index.HistoryAsync("a")).States.Single().State.ShouldSatisfyAllConditions(
            state => state.Ended.ShouldBe(StateEnd.Expired), state => state.Until.ShouldBeNull());
        (await Index.HistoryAsync("c")).States.Single().State.Ended.ShouldBeNull();
        (await Index.StatusAsync(new StatusOptions())).Namespace.ShouldSatisfyAllConditions(
            known => known.Documents.ShouldBe(1), known => known.Chunks.ShouldBe(1));
        var found = await Index.SearchAsync("five", new SearchOptions { Mode = SearchMode.Keyword, IncludeArchived = true });
        found.Hits.ShouldHaveSingleItem().Archived.ShouldBe(new Departure(StateEnd.Expired, ended));
        (await Should.ThrowAsync<TidemarkException>(Index.PurgeAsync(new PurgeTarget { Document = "a" }))).ShouldSatisfyAllConditions(
            refusal => refusal.Code.ShouldBe(ErrorCodes.ArchiveMissing), refusal => refusal.Remedy.ShouldContain("ExpireAsync()"));

        (await Index.RestoreAsync(RestoreTarget.Source("s"), options: new LifecycleOptions { DryRun = true })).ShouldSatisfyAllConditions(
            dry => dry.Documents.ShouldBe(3), dry => dry.Chunks.ShouldBe(4), dry => dry.Run.ShouldBeNull());
        var restored = await Index.RestoreAsync(RestoreTarget.Document("a"));
        (restored.Documents, restored.Chunks, restored.EmbeddingCalls).ShouldBe((1, 2, 0));
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["a", "c"]);
        (await Index.ArchiveAsync(TimeSpan.FromDays(30)).Select(one => one.State.Document.Id).ToListAsync()).ShouldBe(["b", "d"]);
        (await Index.RestoreAsync(RestoreTarget.Source("s"))).Documents.ShouldBe(2);
        (await Bench.ExportAsync()).Split('\n').Length.ShouldBe(before.Split('\n').Length + 1, "'b' is there again as well");
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sync_that_lists_it_unchanged_closes_it_and_its_plan_says_so()
    {
        var source = new ScriptedSource("s", [Until("a", "one", Clock.Now.AddHours(1)), Until("b", "two", Clock.Now.AddHours(3)), Upsert("c", "three")]);
        await Bench.SyncAsync(source);
        Clock.Now += TimeSpan.FromHours(2);

        var plan = await Bench.PlanAsync(source);
        var reads = source.Reads;
        var report = await Bench.SyncAsync(source);

        (report.Documents.Seen, report.Documents.Skipped, report.Documents.Deleted).ShouldBe((3, 2, 1));
        plan.Documents.ShouldBe(report.Documents);
        (plan.Chunks, plan.Changes!.Single().Reason).ShouldBe((report.Chunks, "expired"));
        (source.Reads - reads).ShouldBe(1, "the others have not changed");
        (await KnownAsync()).Documents.ShouldBe(2);
        (await Store.Past.StatesAsync("default", "a", default)).Single().Ended.ShouldBe(StateEnd.Expired);
        (await Bench.SyncAsync(source)).Documents.Deleted.ShouldBe(0);
    }

    [Fact]
    public async Task Between_two_runs_what_expired_is_deleted_whether_or_not_it_was_closed_then()
    {
        var began = Clock.Now;
        DocumentChange[] changes = [Until("a", "one", began.AddHours(1)), Until("b", "two", began.AddHours(3)), Upsert("c", "three")];
        var first = (await SyncAsync(changes)).Run!.Value;
        Clock.Now = began.AddHours(2);
        var second = (await SyncOtherAsync("x")).Run!.Value;
        Clock.Now = began.AddHours(4);
        var third = (await SyncAsync(changes)).Run!.Value;

        (await DifferenceAsync(first, second)).ShouldBe(["deleted a", "added x"]);
        (await DifferenceAsync(second, first)).ShouldBe(["added a", "deleted x"]);
        (await DifferenceAsync(second, third)).ShouldBe(["deleted b"], "'a' had gone before");
        (await DifferenceAsync(first, third)).ShouldBe(["deleted a", "deleted b", "added x"]);
    }

    private Task<SyncReport> SyncOtherAsync(string id) => Bench.SyncAsync(new ScriptedSource("other", [Upsert(id, $"text of {id}")]));

    private async Task<List<string>> DifferenceAsync(long from, long to) =>
        [.. (await Index.DifferenceAsync(from, to)).Documents.Select(document => $"{document.Change} {document.Document}")];

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) => Bench.SyncAsync(changes);

    private async Task<string[]> FoundAsync(string query, MetadataFilter? filter = null)
    {
        var found = new List<string[]>();
        foreach (var mode in new[] { SearchMode.Keyword, SearchMode.Vector, SearchMode.Hybrid })
        {
            var options = new SearchOptions { Mode = mode, Filter = filter ?? MetadataFilter.None };
            found.Add([.. (await Index.SearchAsync(query, options)).Hits.Select(hit => hit.Chunk.Document).Order(StringComparer.Ordinal)]);
        }

        found.ShouldAllBe(one => one.SequenceEqual(found[0]));
        return found[0];
    }

    private async Task<List<string>> ThenAsync(PointInTime moment)
    {
        var documents = await Index.DocumentsAsync(asOf: moment).Select(one => one.Id).ToListAsync();
        (await Index.ChunksAsync(asOf: moment).Select(one => one.Document).ToListAsync()).ShouldBe(documents);
        return documents;
    }

    private async Task<NamespaceSummary> KnownAsync() => (await Store.Reader.NamespaceAsync("default", default)).ShouldNotBeNull();
}
