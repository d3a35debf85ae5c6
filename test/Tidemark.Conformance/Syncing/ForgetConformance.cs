using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Lifecycle;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Wire;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>What is forgotten leaves no trace, and does not come back, whichever way it comes.</summary>
public abstract class ForgetConformance : StoreConformance
{
    private SyncBench? _bench;
    private TidemarkIndex? _index;

    private SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    private TidemarkIndex Index => _index ??= Bench.ComposeIndex();

    [Fact]
    public async Task Every_place_is_emptied_and_the_receipt_says_so()
    {
        var first = (await SyncAsync(Upsert("person", "a text about one person\n\nshared with another"), Upsert("other", "shared with another"))).Run!.Value;
        await SyncAsync(Upsert("person", "another text about one person\n\nshared with another"), Upsert("other", "shared with another"));
        await Index.EnqueueAsync(new[] { Upsert("person", "a text that waits about one person") }.ToAsyncEnumerable(), new EnqueueOptions { SourceName = "s" });
        var before = (await Store.Embeddings.FindAsync(new("counting:32", CountingGenerator.Dimensions), [ContentHash.Of("shared with another")], default)).Count;

        var receipt = await Index.ForgetAsync(ForgetTarget.Document("person"));

        receipt.ShouldSatisfyAllConditions(
            one => one.Documents.ShouldBe(1),
            one => one.Suppressed.Count.ShouldBe(1),
            one => one.Removed.Records.ShouldBe(1),
            one => one.Removed.Chunks.ShouldBe(3),
            one => one.Removed.History.ShouldBe(2),
            one => one.Removed.Queue.ShouldBe(1),
            one => one.Removed.Vectors.ShouldBe(2, "the third is needed by another document"),
            one => one.Keywords.ShouldBe(2),
            one => one.IsClean.ShouldBeTrue(),
            one => one.NotCovered.ShouldNotBeEmpty());
        before.ShouldBe(1);
        (await Store.Embeddings.FindAsync(new("counting:32", CountingGenerator.Dimensions), [ContentHash.Of("shared with another")], default)).Count.ShouldBe(1);
        (await Should.ThrowAsync<TidemarkException>(Index.HistoryAsync("person"))).Code.ShouldBe(ErrorCodes.DocumentMissing);
        (await Should.ThrowAsync<TidemarkException>(Index.RestoreAsync(RestoreTarget.Document("person")))).Code.ShouldBe(ErrorCodes.ArchiveMissing);
        (await Store.Index.CheckAsync("default", default)).IsClean.ShouldBeTrue();
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
        (await Index.DocumentsAsync(asOf: PointInTime.AfterRun(first)).Select(one => one.Id).ToListAsync()).ShouldBe(["other"], "the past goes on without it");
    }

    [Fact]
    public async Task It_does_not_come_back_by_a_listing_or_the_queue_until_that_is_lifted()
    {
        await SyncAsync(Upsert("a", "one", sourceId: "group"), Upsert("b", "two", sourceId: "group"), Upsert("c", "three"));

        var receipt = await Index.ForgetAsync(ForgetTarget.SourceId("group"));
        receipt.Documents.ShouldBe(2);
        receipt.Suppressed.Count.ShouldBe(3);

        var source = new ScriptedSource("s", [Upsert("a", "one", sourceId: "group"), Upsert("new", "four", sourceId: "group"), Upsert("c", "three"), Upsert("b", "moved")]);
        var plan = await Bench.PlanAsync(source);
        var report = await Bench.SyncAsync(source);
        plan.Documents.ShouldBe(report.Documents);
        (report.Documents.Seen, report.Documents.Forgotten, report.Documents.Skipped, report.Documents.Added).ShouldBe((4, 3, 1, 0));
        await Index.EnqueueAsync(new[] { Upsert("a", "one", sourceId: "group") }.ToAsyncEnumerable(), new EnqueueOptions { SourceName = "s" });
        await Index.RunWorkerAsync(new WorkerOptions { UntilEmpty = true });
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["c"]);
        (await Index.Queue.CountAsync()).Pending.ShouldBe(0);

        await Index.LiftAsync(SafeguardScope.SourceId, "group");
        (await Bench.SyncAsync(source)).Documents.Forgotten.ShouldBe(2, "'a' and 'b' were forgotten by themselves, too");
        await Index.LiftAsync(SafeguardScope.Document, "a");
        (await Should.ThrowAsync<TidemarkException>(Index.LiftAsync(SafeguardScope.Document, "a"))).Code.ShouldBe(ErrorCodes.ForgetMissing);
        (await Bench.SyncAsync(source)).Documents.Forgotten.ShouldBe(1);
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["a", "c", "new"]);
    }

    [Fact]
    public async Task What_is_gone_or_was_never_there_is_forgotten_as_well_and_what_is_held_is_refused()
    {
        await SyncAsync(Upsert("gone", "one", """{"person":17}"""), Upsert("here", "two", """{"person":17}"""), Upsert("held", "three"), Upsert("x", "four"));
        await SyncAsync(Upsert("here", "two", """{"person":17}"""), Upsert("held", "three"), Upsert("x", "four"));
        await Index.AddHoldAsync(SafeguardScope.Document, "held");

        (await Should.ThrowAsync<TidemarkException>(Index.ForgetAsync(ForgetTarget.Document("held")))).Code.ShouldBe(ErrorCodes.HoldHeld);
        (await Store.Safeguards.ListAsync("default", SafeguardKind.Forgotten, default)).ShouldBeEmpty("nothing was done");
        (await Index.ForgetAsync(ForgetTarget.Matching(MetadataFilter.Parse("person=17")))).Documents.ShouldBe(2);
        (await Index.ArchiveAsync(TimeSpan.Zero).ToListAsync()).ShouldBeEmpty();
        var never = await Index.ForgetAsync(ForgetTarget.Document("never"));
        (never.Documents, never.Suppressed.Count, never.IsClean).ShouldBe((0, 1, true));
        (await SyncAsync(Upsert("never", "five"), Upsert("held", "three"), Upsert("x", "four"))).Documents.Forgotten.ShouldBe(1);
    }

    [Fact]
    public async Task A_receipt_is_signed_by_the_store_that_gave_it()
    {
        await SyncAsync(Upsert("a", "a text of some length"));
        var receipt = await Index.ForgetAsync(ForgetTarget.Document("a"));
        var (secret, forgotten) = await Index.ForgottenAsync();

        using var json = JsonDocument.Parse(Written(writer => ErasureReceiptJson.Write(writer, receipt, secret)));

        var root = json.RootElement;
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(root.GetProperty("publicKey").GetString()!), out _);
        var content = Written(writer => ErasureReceiptJson.Write(writer, receipt, secret: null));
        var signature = Convert.FromBase64String(root.GetProperty("signature").GetString()!);
        key.VerifyData(content, signature, HashAlgorithmName.SHA256).ShouldBeTrue();
        key.VerifyData(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace("\"documents\":1", "\"documents\":2", StringComparison.Ordinal)), signature, HashAlgorithmName.SHA256)
            .ShouldBeFalse();
        forgotten.ShouldHaveSingleItem().Name.ShouldBe(receipt.Suppressed.Single());
        forgotten[0].Note.ShouldBe(receipt.Id);
        Encoding.UTF8.GetString(content).ShouldNotContain("some length");
        secret!.ToString().ShouldNotContain(secret.Salt);
    }

    [Fact]
    public async Task After_a_backup_was_restored_it_is_forgotten_again()
    {
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"));
        await Index.ForgetAsync(ForgetTarget.Document("a"));
        var (secret, forgotten) = await Index.ForgottenAsync();
        await Index.LiftAsync(SafeguardScope.Document, "a");
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"));

        var receipts = await Index.ReapplyAsync(secret!.Salt, forgotten);

        receipts.ShouldHaveSingleItem().Documents.ShouldBe(1);
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["b"]);
        (await SyncAsync(Upsert("a", "one"), Upsert("b", "two"))).Documents.Forgotten.ShouldBe(1);
        (await Should.ThrowAsync<TidemarkException>(Index.ReapplyAsync(Convert.ToBase64String(new byte[32]), forgotten))).Code.ShouldBe(ErrorCodes.ForgetForeign);
    }

    [Fact]
    public async Task A_namespace_in_which_something_was_forgotten_is_dropped_only_by_who_says_so()
    {
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"));
        await Index.ForgetAsync(ForgetTarget.Document("a"));

        (await Should.ThrowAsync<TidemarkException>(Index.DropNamespaceAsync("default"))).ShouldSatisfyAllConditions(
            refusal => refusal.Code.ShouldBe(ErrorCodes.ForgetRemembered), refusal => refusal.Remedy.ShouldContain("DropSuppressions"));
        (await SyncAsync(Upsert("a", "one"), Upsert("b", "two"))).Documents.Forgotten.ShouldBe(1, "nothing was dropped");

        var (secret, forgotten) = await Index.ForgottenAsync();
        (await Index.DropNamespaceAsync("default", dropSuppressions: true)).Documents.ShouldBe(1);
        await SyncAsync(Upsert("b", "two"));
        await Index.ReapplyAsync(secret!.Salt, forgotten);
        (await SyncAsync(Upsert("a", "one"), Upsert("b", "two"))).Documents.Forgotten.ShouldBe(1, "the file remembers it");
    }

    [Fact]
    public async Task Who_is_refused_because_of_another_run_has_noted_nothing()
    {
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"));
        await Index.ForgetAsync(ForgetTarget.Document("b"));
        await using (await Store.Records.OpenAsync(new SessionRequest("default", TimeSpan.Zero, ForPlan: false, KeepText: true) { Hold = NamespaceHold.Exclusive }, default))
        {
            foreach (var id in new[] { "a", "b", "unheard" })
            {
                (await Should.ThrowAsync<TidemarkException>(Index.ForgetAsync(ForgetTarget.Document(id), new LifecycleOptions { Wait = TimeSpan.Zero }), id)).Code.ShouldBe(ErrorCodes.RunLocked);
            }
        }

        (await Index.ForgottenAsync()).Forgotten.ShouldHaveSingleItem().IsUnfinished.ShouldBeFalse("what was forgotten before stays so");
        var report = await SyncAsync(Upsert("a", "edited"), Upsert("b", "two"));
        (report.Documents.Updated, report.Documents.Forgotten, report.Documents.Deleted).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task A_filter_that_nothing_meets_is_told_apart_from_a_mistyped_one()
    {
        await SyncAsync(Upsert("a", "one", metadata: """{"customer":11}"""));

        var mistyped = await Index.ForgetAsync(ForgetTarget.Matching(new MetadataFilter([new MetadataCondition("custmer", ["11"])])));
        var none = await Index.ForgetAsync(ForgetTarget.Matching(new MetadataFilter([new MetadataCondition("customer", ["12"])])));

        mistyped.Warnings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            warning => warning.Message.ShouldContain("custmer"), warning => warning.Remedy.ShouldContain("'customer'"));
        (mistyped.Documents, mistyped.Suppressed.Count, none.Documents, none.Warnings.Count).ShouldBe((0, 0, 0, 0));
    }

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            write(json);
        }

        return stream.ToArray();
    }

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) =>
        Bench.SyncAsync(new ScriptedSource("s", changes), request => request with { Guard = DeletionGuard.Off });
}
