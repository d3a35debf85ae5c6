using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Streaming;

/// <summary>What a worker promises, on any store: the effect of each change exactly once, in order.</summary>
public abstract class WorkerConformance : WorkerSuite
{
    [Fact]
    public async Task Queued_changes_do_what_a_sync_of_them_does()
    {
        DocumentChange[] changes =
        [
            Upsert("a", "one\n\ntwo"), Upsert("b", "three", tier: "premium"), Upsert("c", ""), Upsert("d", "four", sourceId: "s"),
            Delete("e"),
        ];
        await EnqueueAsync(changes);

        var report = await WorkAsync();

        (await Bench.ExportAsync()).ShouldBe(await ExportOfSyncAsync(changes));
        (await CountAsync()).ShouldBe((0, 0, 0));
        report.Changes.ShouldBe(new ChangeCounts(Claimed: 5, Done: 5, 0, 0, 0, 0));
        report.Total.Documents.ShouldBe(new DocumentCounts(5, 4, 0, 0, 0, 0, 0, 0, 0));
        Model.Asked.Order(StringComparer.Ordinal).ShouldBe(["four", "one\n\n", "three", "two"]);
        (await Store.Index.CheckAsync(Namespace, None)).IsClean.ShouldBeTrue();
    }

    /// <summary>Nothing orders the two that wait, but what came last is outdated by what is stored: the one before it counts.</summary>
    [Theory]
    [InlineData(false, 5)]
    [InlineData(false, 9)]
    [InlineData(true, 5)]
    [InlineData(true, 9)]
    public async Task A_change_that_is_outdated_takes_the_place_of_none_that_says_no_version(bool inOneBatch, long outdated)
    {
        DocumentChange[] first = [Upsert("a", "nine", version: 9), Upsert("b", "nine", version: 9), Upsert("c", "nine", version: 9)];
        DocumentChange[] second = [Upsert("a", "says no version"), Upsert("b", "says no version"), Upsert("c", "says no version")];
        DocumentChange[] third = [Upsert("a", "late", version: outdated), Upsert("b", "new", version: 10), Delete("c", version: 5)];
        await EnqueueAsync(first);
        await WorkAsync();
        foreach (var batch in inOneBatch ? [[.. second, .. third]] : new[] { second, third })
        {
            await EnqueueAsync(batch);
        }

        await WorkAsync();

        (await Bench.ExportAsync()).ShouldBe(await ExportOfSyncsAsync(first, second, third));
        (await CountAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_worker_reports_what_a_sync_of_the_same_changes_reports()
    {
        await using var fresh = new InMemory.InMemoryStore();
        var bench = new SyncBench(fresh) { Price = 2 };
        Bench.Price = 2;
        Model.Usage = bench.Generator.Usage = texts => texts.Sum(text => 10L * text.Length);
        DocumentChange[] first = [Upsert("a", "one\n\ntwo"), Upsert("b", "three"), Upsert("c", "")];
        DocumentChange[] second = [Upsert("a", "one\n\nfour"), Upsert("b", "three"), Upsert("d", "two"), Delete("c")];
        foreach (var changes in new[] { first, second })
        {
            await EnqueueAsync(changes);

            var worked = (await WorkAsync()).Total;

            var synced = await bench.SyncAsync(new ScriptedSource("docs", changes), r => r with { Cleanup = CleanupMode.None });
            worked.Documents.ShouldBe(synced.Documents);
            worked.Chunks.ShouldBe(synced.Chunks);
            worked.Embedding.ShouldBe(synced.Embedding);
            (worked.Outcome, worked.Cleanup, worked.WithoutText).ShouldBe((synced.Outcome, synced.Cleanup, synced.WithoutText));
        }
    }

    [Fact]
    public async Task A_busy_time_is_a_run_of_the_history()
    {
        await EnqueueAsync(Upsert("a"));
        await EnqueueFromAsync("others", Upsert("b", "other"));

        var report = await WorkAsync();

        var run = (await Store.Reader.RunsAsync(Namespace, 10, None)).ShouldHaveSingleItem();
        ((long?)run.Id, run.Command, run.Outcome, run.CompleteSync)
            .ShouldBe((report.Total.Run, "worker", RunOutcome.Succeeded, false));
        run.Sources.ShouldBe(["docs", "others"], ignoreOrder: true);
        run.FinishedAt.ShouldNotBeNull();
        run.ReportJson.ShouldNotBeNull().ShouldContain("\"added\":2");
        report.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_queue_makes_no_run_and_holds_nothing()
    {
        await EnqueueAsync(Upsert("a"));
        await WorkAsync();

        var report = await WorkAsync();

        report.Runs.ShouldBe(0);
        (await Store.Reader.RunsAsync(Namespace, 10, None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_in_the_index_already_is_neither_embedded_nor_written()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"));
        await WorkAsync();
        var before = (await Store.Reader.NamespaceAsync(Namespace, None))!.Sequence;
        await EnqueueAsync(Upsert("a"), Upsert("b"), Delete("unknown"));
        await WorkAsync();
        var asked = Model.Asked.Count;

        await EnqueueAsync(Upsert("a"), Upsert("b"), Delete("unknown"));
        var report = await WorkAsync();

        (report.Total.Documents.Skipped, report.Total.Documents.Seen).ShouldBe((3, 3));
        Model.Asked.Count.ShouldBe(asked);
        (await Store.Reader.NamespaceAsync(Namespace, None))!.Sequence.ShouldBe(before + 1, "only the unknown one's tombstone");
        (await CountAsync()).ShouldBe((0, 0, 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_change_does_not_say_is_kept_whether_or_not_a_worker_ran_between(bool works)
    {
        var day = new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var changes in new DocumentChange[][]
        {
            [Upsert("a", "five", version: 5), Delete("b", version: 6), At("c", "by time", day), At("d", "by time", day)],
            [Upsert("a", "nothing said"), Upsert("b", "nothing said"), Upsert("c", "nothing said"), Upsert("d", "five", version: 5)],
        })
        {
            await EnqueueAsync(changes);
            await (works ? WorkAsync() : Task.CompletedTask);
        }

        await WorkAsync();
        await EnqueueAsync(
            Upsert("a", "three", version: 3), Upsert("b", "four", version: 4), At("c", "before", day.AddDays(-1)), At("d", "before", day.AddDays(-1)));
        var late = await WorkAsync();

        late.Total.Documents.Outdated.ShouldBe(4);
        (await IndexedAsync()).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)
            .ShouldBe(["nothing said", "nothing said", "nothing said", "five"]);

        static DocumentChange At(string id, string text, DateTimeOffset time) =>
            new DocumentChange.Upsert(new Document { Id = id, Text = text, Version = new DocumentVersion(null, time) });
    }

    [Fact]
    public async Task A_tombstone_of_a_source_id_deletes_what_a_sync_of_the_same_changes_would()
    {
        DocumentChange[] first =
        [
            Upsert("newer", "stays", version: 9), Upsert("older", "goes", version: 3), Upsert("leaves", "old", sourceId: "s"),
            Upsert("held", "goes", version: 9, sourceId: "s"), Upsert("edited", "old", sourceId: "s"), Upsert("none", "goes"),
            Upsert("gone", "goes", version: 2, sourceId: "s"), Upsert("of t", "stays", sourceId: "t"),
        ];
        DocumentChange[] second =
        [
            Upsert("newer", "outdated", version: 4, sourceId: "s"), Upsert("older", "moved", version: 4, sourceId: "s"),
            Upsert("leaves", "new", sourceId: "t"), Upsert("held", "outdated", version: 4, sourceId: "t"), Upsert("edited", "new", sourceId: "s"),
            Upsert("none", "moved", sourceId: "s"), Upsert("fresh", "new", version: 5, sourceId: "s"), Delete("gone", version: 7),
            new DocumentChange.DeleteSource("s", DocumentVersion.None), new DocumentChange.DeleteSource("s", DocumentVersion.None),
            Upsert("behind", "stays", sourceId: "s"),
        ];
        DocumentChange[] late = [Upsert("fresh", "late", version: 4), Upsert("older", "late", version: 3), Upsert("gone", "late", version: 6)];
        await using var fresh = new InMemory.InMemoryStore();
        var bench = new SyncBench(fresh);
        foreach (var changes in new[] { first, second, late })
        {
            await EnqueueAsync(changes);
            await WorkAsync();
            await bench.SyncAsync(new ScriptedSource("docs", changes), request => request with { Cleanup = CleanupMode.None });

            (await Bench.ExportAsync()).ShouldBe(await bench.ExportAsync());
        }

        (await IndexedAsync()).Keys.Order(StringComparer.Ordinal).ShouldBe(["behind", "leaves", "newer", "of t"]);
    }

    [Fact]
    public async Task An_older_version_never_wins()
    {
        await EnqueueAsync(Upsert("a", "new", version: 5), Delete("b", version: 5));
        await WorkAsync();
        await EnqueueAsync(Upsert("a", "old", version: 4), Upsert("b", "late", version: 3));

        var report = await WorkAsync();

        report.Total.Documents.Outdated.ShouldBe(2);
        (await IndexedAsync()).ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "new" });
        (await CountAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Each_text_is_embedded_once_however_the_batches_fall()
    {
        await EnqueueManyAsync(200);

        var report = await WorkAsync(request => request with { Concurrency = 5, BatchSize = 7 });

        Model.Asked.Count.ShouldBe(200);
        Model.Asked.Distinct(StringComparer.Ordinal).Count().ShouldBe(200);
        (await IndexedAsync()).Count.ShouldBe(200);
        report.Changes.ShouldBe(new ChangeCounts(200, 200, 0, 0, 0, 0));
    }

    [Fact]
    public async Task What_comes_while_its_document_is_being_embedded_comes_after_it()
    {
        await EnqueueAsync(Upsert("a", "first", version: 1));
        Model.Before = async texts =>
        {
            if (texts.Contains("first"))
            {
                await EnqueueAsync(Upsert("a", "second", version: 2));
            }
        };

        var report = await WorkAsync();

        Model.Asked.ShouldBe(["first", "second"]);
        (await IndexedAsync())["a"].ShouldBe("second");
        (report.Total.Documents.Added, report.Total.Documents.Updated).ShouldBe((1, 1));
        (await CountAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_change_that_is_given_up_while_it_is_embedded_is_not_written()
    {
        await EnqueueAsync(Upsert("a", "first"), Upsert("b", "other"));
        Model.Before = async _ => await Store.QueuedChanges.DropAsync(Namespace, ["a"], null, None);

        var report = await WorkAsync();

        (report.Changes.Lost, report.Changes.Done).ShouldBe((1, 1));
        (await IndexedAsync()).Keys.ShouldBe(["b"]);
    }

    [Fact]
    public async Task What_a_dead_worker_had_in_hand_is_taken_up()
    {
        await EnqueueManyAsync(10);
        (await ClaimAsync(4, TimeSpan.Zero)).Count.ShouldBe(4);

        await WorkAsync();

        (await IndexedAsync()).Count.ShouldBe(10);
        (await CountAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Told_to_stop_it_finishes_what_is_under_way_and_gives_the_rest_back()
    {
        await EnqueueManyAsync(50);
        using var stop = new CancellationTokenSource();
        Model.Before = async _ => await stop.CancelAsync();

        var report = await WorkAsync(request => request with { Concurrency = 1, BatchSize = 10 }, stop.Token);

        report.IsStopped.ShouldBeTrue();
        (report.Changes.Done, report.Total.Outcome).ShouldBe((10, RunOutcome.Cancelled));
        (await IndexedAsync()).Count.ShouldBe(10);
        (await CountAsync()).ShouldBe((40, 0, 0));
    }

    [Fact]
    public async Task While_it_is_idle_others_may_run()
    {
        var seen = new Ending();
        using var stop = new CancellationTokenSource();
        var worker = WorkAsync(request => request with { UntilEmpty = false, Observer = seen }, stop.Token);
        await EnqueueAsync(Upsert("a"));
        await seen.Ended;

        var report = await Bench.SyncAsync(
            new ScriptedSource("docs", [Upsert("b", "by a sync")]), request => request with
            {
                Wait = TimeSpan.FromSeconds(30),
                Cleanup = CleanupMode.None,
            });
        await EnqueueAsync(Upsert("c"));
        await seen.EndedAgain;
        await stop.CancelAsync();

        report.Documents.Added.ShouldBe(1);
        (await worker).IsStopped.ShouldBeTrue();
        (await IndexedAsync()).Keys.ShouldBe(["a", "b", "c"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_namespace_of_another_pipeline_is_refused_and_its_queue_untouched()
    {
        await Bench.SyncAsync(Upsert("a"));
        await EnqueueAsync(Upsert("b"));
        Bench.ChunkerVersion = "2";

        var refusal = await Should.ThrowAsync<TidemarkException>(() => WorkAsync(request => request with { UntilEmpty = false }));

        refusal.Code.ShouldBe(ErrorCodes.PipelineChanged);
        (await ListAsync()).ShouldHaveSingleItem().Attempts.ShouldBe(0);
        (await CountAsync()).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task A_budget_holds_changes_up_and_loses_none()
    {
        Bench.Price = 1_000_000;
        Bench.RequestSize = 1;
        await EnqueueAsync(Upsert("a", "1"), Upsert("b", "2"), Upsert("c", "3"));

        var report = await WorkAsync(request => request with { Spending = new SpendingLimits(2, null), BatchSize = 1 });

        report.Total.Outcome.ShouldBe(RunOutcome.Budget);
        (await IndexedAsync()).Count.ShouldBe(2);
        (await CountAsync()).ShouldBe((1, 0, 0));
        (await ListAsync()).ShouldHaveSingleItem().Attempts.ShouldBe(0);
        (await WorkAsync()).Changes.Done.ShouldBe(1);
    }

    [Fact]
    public async Task Where_the_source_says_no_time_the_lag_counts_from_when_the_change_was_enqueued()
    {
        await EnqueueAsync(Upsert("a"));
        var enqueued = (await ListAsync()).ShouldHaveSingleItem().EnqueuedAt;
        var said = (DocumentChange.Upsert)Upsert("b");
        await EnqueueAsync(new DocumentChange.Upsert(said.Document with { ChangedAt = enqueued.AddHours(-2) }));

        await WorkAsync();

        var lags = await Store.Reader.LagsAsync(Namespace, enqueued.AddHours(-1), enqueued.AddHours(1), None);
        lags.Sum(lag => lag.Changes).ShouldBe(2, "a change without a time counts too");
        lags.ShouldAllBe(lag => !lag.IsFirstLoad);
        lags.Count(lag => lag.Position >= LagScale.PositionOf(TimeSpan.FromHours(2))).ShouldBe(1, "what the source says goes first");
    }

    /// <summary>Tells when the first and the second run have ended.</summary>
    private sealed class Ending : ISyncObserver
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _first.Task;

        public Task EndedAgain => _second.Task;

        public void OnCompleted(SyncReport report)
        {
            if (!_first.TrySetResult())
            {
                _second.TrySetResult();
            }
        }
    }
}
