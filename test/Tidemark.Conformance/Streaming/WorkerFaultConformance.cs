using Shouldly;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Streaming;
using Xunit;

namespace Tidemark.Conformance.Streaming;

/// <summary>Whom a worker blames: a change for its own failures, nobody's change for an outage.</summary>
public abstract class WorkerFaultConformance : WorkerSuite
{
    [Fact]
    public async Task A_poisonous_change_ends_as_a_dead_letter_and_the_rest_goes_on()
    {
        await EnqueueAsync(Upsert("a", "fine"), Upsert("b", "poison"), Upsert("c", "good"));
        Model.Before = texts => texts.Contains("poison") ? throw new InvalidOperationException("choked") : Task.CompletedTask;

        var report = await WorkAsync();

        (await IndexedAsync()).Keys.ShouldBe(["a", "c"], ignoreOrder: true);
        (report.Changes.Done, report.Changes.Retried, report.Changes.Dead).ShouldBe((2, 2, 1));
        var dead = (await ListAsync()).ShouldHaveSingleItem();
        (dead.Document, dead.State, dead.Attempts).ShouldBe(("b", QueuedState.Dead, 3));
        dead.Failure!.Message.ShouldContain("choked");
        report.Total.Errors.ShouldAllBe(error => error.Item == "b");
        report.Total.Outcome.ShouldBe(RunOutcome.Partial);
    }

    [Fact]
    public async Task A_dead_letter_that_was_mended_is_carried_out()
    {
        await EnqueueAsync(Upsert("b", "poison"));
        Model.Before = texts => texts.Contains("poison") ? throw new InvalidOperationException("choked") : Task.CompletedTask;
        await WorkAsync();

        Model.Before = null;
        (await Store.QueuedChanges.RetryAsync(Namespace, null, None)).ShouldBe(["b"]);
        await WorkAsync();

        (await IndexedAsync())["b"].ShouldBe("poison");
        (await CountAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_change_that_contradicts_the_index_fails_alone()
    {
        await Bench.SyncAsync(new Syncing.ScriptedSource("theirs", [Upsert("held", "by another source")]));
        await EnqueueAsync(Upsert("a", "one", version: 1), Upsert("held", "mine"));
        await WorkAsync();
        await EnqueueAsync(Upsert("a", "other", version: 1), Upsert("b"));

        var report = await WorkAsync();

        (report.Changes.Done, report.Changes.Dead).ShouldBe((1, 1));
        (await ListAsync()).Select(change => (change.Document, change.Failure!.Code))
            .ShouldBe([("a", ErrorCodes.VersionConflict), ("held", ErrorCodes.SourceConflict)]);
        (await IndexedAsync())["held"].ShouldBe("by another source");
    }

    [Fact]
    public async Task A_conflict_of_versions_is_not_tried_again()
    {
        await EnqueueAsync(Upsert("a", "one", version: 1));
        await WorkAsync();
        await EnqueueAsync(Upsert("a", "other", version: 1));

        var report = await WorkAsync(request => request with { Attempts = new AttemptRule(5, Long, Long) });

        (report.Changes.Claimed, report.Changes.Retried, report.Changes.Dead).ShouldBe((1, 0, 1));
        (await ListAsync()).ShouldHaveSingleItem().State.ShouldBe(QueuedState.Dead);
        (await IndexedAsync())["a"].ShouldBe("one");
    }

    [Fact]
    public async Task Of_two_changes_with_one_time_the_later_is_carried_out_waiting_or_not()
    {
        var day = new DateTimeOffset(2024, 5, 17, 0, 0, 0, TimeSpan.Zero);
        await EnqueueAsync(At("morning"));
        await WorkAsync();
        await EnqueueAsync(At("noon"), At("evening"));

        var report = await WorkAsync();

        (report.Changes.Done, report.Changes.Dead).ShouldBe((1, 0));
        (await IndexedAsync())["a"].ShouldBe("evening");

        DocumentChange.Upsert At(string text) =>
            new(((DocumentChange.Upsert)Upsert("a", text)).Document with { Version = new DocumentVersion(null, day) });
    }

    [Fact]
    public async Task A_worker_takes_the_place_of_a_pipeline_that_no_chunk_was_made_with()
    {
        Bench.Space = "typo:32";
        Model.Before = _ => throw new TidemarkException(ErrorCodes.EmbeddingModel, "no such model", "mend it");
        await EnqueueAsync(Upsert("a", "one"));
        await Should.ThrowAsync<TidemarkException>(() => WorkAsync());

        Bench.Space = "right:32";
        Model.Before = null;
        await WorkAsync();

        (await IndexedAsync())["a"].ShouldBe("one");
        (await Store.Reader.NamespaceAsync(Namespace, None))!.Generation!.Pipeline.Space.ShouldBe("right:32");
    }

    [Fact]
    public async Task A_time_ahead_of_the_clock_is_said()
    {
        await EnqueueAsync(new DocumentChange.Upsert(((DocumentChange.Upsert)Upsert("a")).Document with
        {
            Version = new DocumentVersion(null, new DateTimeOffset(2199, 1, 1, 0, 0, 0, TimeSpan.Zero)),
        }));

        (await WorkAsync()).Total.Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.VersionAhead);
    }

    [Fact]
    public async Task An_append_only_namespace_refuses_tombstones_one_by_one()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"));
        await WorkAsync();
        await EnqueueAsync(Delete("a"), Upsert("c"));

        await WorkAsync(request => request with { AppendOnly = true });

        (await IndexedAsync()).Keys.ShouldBe(["a", "b", "c"], ignoreOrder: true);
        (await ListAsync(QueuedState.Dead)).ShouldHaveSingleItem().Failure!.Code.ShouldBe(ErrorCodes.NamespaceAppendOnly);
    }

    [Fact]
    public async Task A_dead_model_kills_no_change()
    {
        await EnqueueManyAsync(20);
        Model.Before = _ => throw new InvalidOperationException("nobody at home");

        var outage = await Should.ThrowAsync<TidemarkException>(() => WorkAsync(request => request with { BatchSize = 4 }));

        outage.Message.ShouldContain("nobody at home");
        (await CountAsync()).ShouldBe((20, 0, 0));
        (await ListAsync()).ShouldAllBe(change => change.Attempts == 0 && change.Failure == null);
        (await Store.Reader.RunsAsync(Namespace, 1, None))[0].Outcome.ShouldBe(RunOutcome.Failed);

        Model.Before = null;
        await WorkAsync();
        (await IndexedAsync()).Count.ShouldBe(20);
        Model.Asked.Count.ShouldBe(20);
    }

    [Theory]
    [InlineData(EmbeddingFault.Transient)]
    [InlineData(EmbeddingFault.Fatal)]
    [InlineData(EmbeddingFault.RateLimited)]
    public async Task What_the_provider_says_of_itself_is_no_failure_of_a_change(EmbeddingFault fault)
    {
        await EnqueueAsync(Upsert("a"));
        Model.Before = _ => throw new EmbeddingRequestException(fault, ErrorCodes.EmbeddingUnavailable, "down", "wait");

        (await Should.ThrowAsync<TidemarkException>(() => WorkAsync())).Code.ShouldBe(ErrorCodes.EmbeddingUnavailable);

        var waiting = (await ListAsync()).ShouldHaveSingleItem();
        (waiting.State, waiting.Attempts, waiting.Failure).ShouldBe((QueuedState.Pending, 0, null));
    }

    [Fact]
    public async Task A_worker_that_runs_on_survives_an_outage()
    {
        await EnqueueManyAsync(5);
        using var stop = new CancellationTokenSource();
        var heard = new HeardOfWorker { AfterOutage = stop.Cancel };
        Model.Before = _ => throw new EmbeddingRequestException(
            EmbeddingFault.Transient, ErrorCodes.EmbeddingUnavailable, "down", "wait");

        var report = await WorkAsync(request => request with { UntilEmpty = false, Watcher = heard }, stop.Token);

        heard.Outages.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.EmbeddingUnavailable);
        heard.Pauses.ShouldAllBe(pause => pause > TimeSpan.Zero);
        (report.IsStopped, report.Changes.Released).ShouldBe((true, 5));
        (await CountAsync()).ShouldBe((5, 0, 0));
    }

    [Fact]
    public async Task Why_changes_are_not_carried_out_is_an_alert_until_they_are()
    {
        await Bench.SyncAsync(Upsert("a"));
        await EnqueueAsync(Upsert("b"), Upsert("c"));
        Bench.ChunkerVersion = "2";
        await Should.ThrowAsync<TidemarkException>(() => WorkAsync(request => request with { UntilEmpty = false }));

        (await TroubleAsync()).ShouldHaveSingleItem().ShouldContain("2 changes wait in the queue");
        (await TroubleAsync())[0].ShouldContain(ErrorCodes.PipelineChanged);

        Bench.ChunkerVersion = "1";
        (await WorkAsync()).Changes.Done.ShouldBe(2);
        await EnqueueAsync(Upsert("d"));

        (await TroubleAsync()).ShouldBeEmpty("it was carried out, and what waits now has only just come");
    }

    [Fact]
    public async Task A_worker_that_runs_on_says_that_it_lives_until_it_ends_and_silence_is_an_alert()
    {
        using var stop = new CancellationTokenSource();
        var worked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var worker = WorkAsync(
            request => request with { UntilEmpty = false, Watcher = new HeardOfWorker { AfterBatch = _ => worked.TrySetResult() } }, stop.Token);
        await EnqueueAsync(Upsert("a"));
        await worked.Task;

        (await StatusAsync(TimeSpan.Zero)).WorkerSeen.ShouldNotBeNull();
        (await StatusAsync(TimeSpan.FromMinutes(4))).Alerts.ShouldNotContain(alert => alert.Code == AlertCodes.QueueSilent);
        (await StatusAsync(TimeSpan.FromMinutes(7))).Alerts.ShouldContain(alert => alert.Code == AlertCodes.QueueSilent);
        await stop.CancelAsync();
        await worker;

        var status = await StatusAsync(TimeSpan.FromMinutes(7));
        status.WorkerSeen.ShouldBeNull("it said goodbye");
        status.Alerts.ShouldNotContain(alert => alert.Code == AlertCodes.QueueSilent);
    }

    [Fact]
    public async Task A_worker_that_ends_with_the_queue_is_missed_by_nobody()
    {
        await EnqueueAsync(Upsert("a"));

        await WorkAsync();

        (await StatusAsync(TimeSpan.Zero)).WorkerSeen.ShouldBeNull();
    }

    [Fact]
    public async Task Who_watches_a_worker_hears_of_batches_failures_outage_and_recovery()
    {
        await EnqueueManyAsync(5);
        using var stop = new CancellationTokenSource();
        var heard = new HeardOfWorker { AfterBatch = counts => { if (counts.Done > 0) { stop.Cancel(); } } };
        heard.AfterOutage = () => Model.Before = null;
        Model.Before = _ => throw new EmbeddingRequestException(
            EmbeddingFault.Transient, ErrorCodes.EmbeddingUnavailable, "down", "wait");

        await WorkAsync(request => request with { UntilEmpty = false, Watcher = heard }, stop.Token);

        heard.Outages.Count.ShouldBe(1);
        heard.Batches.Sum(counts => counts.Done).ShouldBe(5);
        heard.Recoveries.ShouldBe(1);
    }

    [Fact]
    public async Task Another_run_is_waited_for_or_told_of()
    {
        await EnqueueAsync(Upsert("a"));
        var other = await Store.Records.OpenAsync(
            new SessionRequest(Namespace, TimeSpan.Zero, ForPlan: false, KeepText: true), None);
        await using (other)
        {
            if (!await IsExclusiveAsync())
            {
                return;
            }

            (await Should.ThrowAsync<TidemarkException>(() => WorkAsync())).Code.ShouldBe(ErrorCodes.RunLocked);
            (await TroubleAsync()).ShouldBeEmpty();
            (await CountAsync()).ShouldBe((1, 0, 0));
        }

        (await WorkAsync()).Changes.Done.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_that_took_too_many_workers_down_is_not_given_to_another()
    {
        await EnqueueAsync(Upsert("killer", "bang"));
        for (var death = 0; death < AttemptRule.MostLosses; death++)
        {
            (await ClaimAsync(1, TimeSpan.Zero))[0].Document.ShouldBe("killer");
        }

        await EnqueueAsync(Upsert("fine"));
        var report = await WorkAsync();

        report.Changes.Dead.ShouldBe(1);
        var dead = (await ListAsync()).ShouldHaveSingleItem();
        (dead.Document, dead.Failure!.Code).ShouldBe(("killer", ErrorCodes.QueueWorkerLost));
        Model.Asked.ShouldBe(["text"]);
    }

    private async Task<IReadOnlyList<string>> TroubleAsync() =>
    [
        .. (await StatusAsync(TimeSpan.Zero)).Alerts
            .Where(alert => alert.Code == AlertCodes.QueueTrouble).Select(alert => alert.Message),
    ];

    /// <param name="later">As it will be after that time, if nothing happens.</param>
    private Task<StatusReport> StatusAsync(TimeSpan later) =>
        new StatusEngine(Store, new LaterClock(later)).StatusAsync(new StatusOptions(), None);

    private sealed class LaterClock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + later;
    }

    /// <summary>Where one run keeps all others out.</summary>
    private async Task<bool> IsExclusiveAsync()
    {
        try
        {
            await using var second = await Store.Records.OpenAsync(
                new SessionRequest(Namespace, TimeSpan.Zero, ForPlan: false, KeepText: true), None);
            return false;
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.RunLocked)
        {
            return true;
        }
    }
}
