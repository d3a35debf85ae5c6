using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Lifecycle;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Care;

/// <summary>What was, and what waits, is under a seal as what is: neither comes back, nor is indexed, as something else.</summary>
[NotForTheModel]
public abstract class PastSealConformance : DamagedStoreSuite
{
    [Theory]
    [InlineData("metadata = '{\"lang\":\"fr\"}'")]
    [InlineData("metadata = null")]
    [InlineData("version = 77")]
    [InlineData("modified_at = 1")]
    [InlineData("expires_at = 99999999999999")]
    [InlineData("tier = 'premium'")]
    [InlineData("source = (select min(id) from source)")]
    [InlineData("source_id = 0")]
    [InlineData("text_hash = (select text_hash from document where id = 'stays')")]
    public async Task A_former_state_that_is_altered_does_not_come_back(string change)
    {
        await Bench.SyncAsync(new ScriptedSource("other", [Upsert("x", "of another source")]));
        await Bench.SyncAsync(new ScriptedSource("s", [Gone, Upsert("stays", "text that stays", "{\"lang\":\"en\"}")]));
        var then = await RunAsync();
        await Bench.SyncAsync(new ScriptedSource("s", [Upsert("stays", "text that stays", "{\"lang\":\"en\"}")]), request => request with { Guard = DeletionGuard.Off });
        await ExecuteAsync($"update document_history set {change}");

        await RefusesAsync(() => Index.RestoreAsync(RestoreTarget.Document("gone")));
        await RefusesAsync(() => Index.DocumentAsync("gone", asOf: then));
        await RefusesAsync(() => Index.ChunksAsync(asOf: then).ToListAsync().AsTask());
        var archived = (await Index.ArchiveAsync(TimeSpan.FromDays(30)).ToListAsync()).ShouldHaveSingleItem().State;
        (archived.Document.Id, archived.Damage?.Code).ShouldBe(("gone", ErrorCodes.StoreCorrupt));
        var verify = await Index.VerifyAsync();
        verify.InSync.ShouldBeFalse();
        verify.Errors.ShouldContain(error => error.Code == ErrorCodes.StoreCorrupt && error.Item == "gone" && error.Remedy!.Contains("Repair)"));

        var repaired = await Index.VerifyAsync(new VerifyOptions { Repair = true });
        repaired.InSync.ShouldBeTrue();
        repaired.Warnings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            lost => lost.Code.ShouldBe(ErrorCodes.HistoryLost), lost => lost.Item.ShouldBe("gone"));
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["stays", "x"]);
        (await Index.VerifyAsync()).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_is_altered_hides_no_other_one_that_can_come_back()
    {
        DocumentChange stays = Upsert("stays", "text that stays");
        await Bench.SyncAsync(new ScriptedSource("s", [Gone, Upsert("first", "one more"), Upsert("other", "and one"), stays]));
        await Bench.SyncAsync(new ScriptedSource("s", [stays]), request => request with { Guard = DeletionGuard.Off });
        await ExecuteAsync("update document_history set tier = 'premium' where document = (select key from document where id = 'gone')");

        var archived = await Index.ArchiveAsync(TimeSpan.FromDays(30)).Select(one => (one.State.Document.Id, one.State.Damage is null)).ToListAsync();

        archived.ShouldBe([("first", true), ("gone", false), ("other", true)]);
        await RefusesAsync(() => Index.RestoreAsync(RestoreTarget.Document("gone")));
        (await Index.RestoreAsync(RestoreTarget.Document("other"))).Documents.ShouldBe(1);
    }

    [Fact]
    public async Task A_sound_former_state_comes_back_as_it_was()
    {
        await Bench.SyncAsync(new ScriptedSource("s", [Gone, Upsert("stays", "text that stays")]));
        await Bench.SyncAsync(new ScriptedSource("s", [Upsert("stays", "text that stays")]), request => request with { Guard = DeletionGuard.Off });

        await Index.RestoreAsync(RestoreTarget.Document("gone"));

        var (document, _) = await Index.DocumentAsync("gone");
        (document.Metadata.Json, document.SourceId).ShouldBe(("{\"lang\":\"en\"}", "group"));
        (await Index.VerifyAsync()).InSync.ShouldBeTrue();
    }

    [Theory]
    [InlineData("payload = replace(payload, 'queued', 'qXeued')")]
    [InlineData("document = 'another'")]
    [InlineData("source = 'another'")]
    [InlineData("source_id = 'another'")]
    [InlineData("version = 77")]
    public async Task A_queued_change_that_is_altered_is_a_dead_letter_and_is_never_indexed(string change)
    {
        await Bench.SyncAsync(Upsert("x", "of a source"));
        await EnqueueAsync("a", "queued words");
        await EnqueueAsync("b", "sound words");
        await ExecuteAsync($"update queue set {change} where document = 'a'");
        (await Index.VerifyAsync()).ShouldSatisfyAllConditions(
            report => report.InSync.ShouldBeFalse(),
            report => report.Errors.ShouldContain(error => error.Code == ErrorCodes.StoreCorrupt && error.Item == "table queue"));

        await Index.RunWorkerAsync(new WorkerOptions { UntilEmpty = true });

        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["b", "x"]);
        await IsBuriedAsync();
    }

    [Fact]
    public async Task A_repair_gives_up_a_queued_change_that_is_altered()
    {
        await Bench.SyncAsync(Upsert("x", "of a source"));
        await EnqueueAsync("a", "queued words");
        await ExecuteAsync("update queue set payload = replace(payload, 'queued', 'qXeued')");

        (await Index.VerifyAsync(new VerifyOptions { Repair = true })).InSync.ShouldBeTrue();

        await IsBuriedAsync();
        await EnqueueAsync("a", "queued words");
        await Index.RunWorkerAsync(new WorkerOptions { UntilEmpty = true });
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["a", "x"]);
    }

    [Fact]
    public async Task Rows_of_former_formats_have_no_seal_and_are_taken_as_they_are()
    {
        await Bench.SyncAsync(new ScriptedSource("s", [Gone, Upsert("stays", "text that stays")]));
        await Bench.SyncAsync(new ScriptedSource("s", [Upsert("stays", "text that stays")]), request => request with { Guard = DeletionGuard.Off });
        await EnqueueAsync("a", "queued words");
        await ExecuteAsync("update document_history set seal = null; update queue set seal = null");

        (await Index.VerifyAsync()).InSync.ShouldBeTrue();
        await Index.RestoreAsync(RestoreTarget.Document("gone"));
        await Index.RunWorkerAsync(new WorkerOptions { UntilEmpty = true });

        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["a", "gone", "stays"]);
    }

    private static DocumentChange Gone => Upsert("gone", "text that goes", "{\"lang\":\"en\"}", "group");

    private async Task IsBuriedAsync()
    {
        var dead = (await Store.QueuedChanges.ListAsync("default", QueuedState.Dead, 10, default)).ShouldHaveSingleItem();
        dead.Failure!.Code.ShouldBe(ErrorCodes.StoreCorrupt);
        (await Index.StatusAsync()).Alerts.ShouldContain(alert => alert.Code.StartsWith("queue", StringComparison.Ordinal));
    }

    private async Task<PointInTime> RunAsync() =>
        PointInTime.AfterRun((await Store.Reader.RunsAsync("default", 1, default))[0].Id);

    private Task<EnqueueReport> EnqueueAsync(string document, string text) =>
        Index.EnqueueAsync(new[] { Upsert(document, text) }.ToAsyncEnumerable(), new EnqueueOptions { SourceName = "s" });
}
