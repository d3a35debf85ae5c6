using Shouldly;
using Tidemark.Archiving;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Care;

/// <summary>
/// A hold or a suppression that is gone or changed would act without a word: whoever decides by them refuses until they are repaired.
/// </summary>
[NotForTheModel]
public abstract class SafeguardCareConformance : DamagedStoreSuite
{
    [Theory]
    [InlineData("delete from secret")]
    [InlineData("update secret set salt = 'x' || salt")]
    [InlineData("delete from safeguard")]
    [InlineData("delete from safeguard where kind = 'forgotten'")]
    [InlineData("delete from safeguard where kind = 'hold'")]
    [InlineData("update safeguard set name = 'x' || name")]
    [InlineData("update safeguard set scope = 'source' where scope = 'document'")]
    [InlineData("update safeguard set kind = 'hold'")]
    [InlineData("update safeguard set namespace = namespace + 1000")]
    public async Task Nobody_decides_by_what_is_damaged_and_a_repair_brings_it_back(string damage)
    {
        await SyncAsync(Source());
        await Index.AddHoldAsync(SafeguardScope.Document, "held", "case 17");
        await Index.ForgetAsync(ForgetTarget.Document("person"));
        await SyncAsync(new ScriptedSource("s", [Upsert("x", "other")]));
        Clock.Now += TimeSpan.FromDays(100);
        await EnqueueAsync("waits");
        await ExecuteAsync(damage);

        foreach (var (name, command) in Commands())
        {
            var refusal = await Should.ThrowAsync<TidemarkException>(command, name);
            refusal.Code.ShouldBe(ErrorCodes.StoreCorrupt, name);
            refusal.Remedy.ShouldContain("Repair)", Case.Sensitive, name);
        }

        var verify = new VerifyEngine(Store, Bench.Pipeline, Clock);
        (await verify.VerifyAsync(new VerifyOptions(), default)).InSync.ShouldBeFalse();
        (await verify.VerifyAsync(new VerifyOptions { Repair = true }, default)).ShouldSatisfyAllConditions(
            report => report.InSync.ShouldBeTrue(), report => report.Repaired.ShouldBeGreaterThan(0));
        (await Index.HoldsAsync()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            hold => hold.Name.ShouldBe("held"), hold => hold.Note.ShouldBe("case 17"));
        await Index.CollectAsync(new GarbageOptions { History = TimeSpan.Zero });
        (await SyncAsync(Source())).Documents.Forgotten.ShouldBe(1);
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["held", "x"]);
    }

    private IEnumerable<(string Name, Func<Task> Command)> Commands() =>
    [
        ("sync", () => SyncAsync(Source())),
        ("plan", () => Bench.PlanAsync(Source())),
        ("worker", () => Index.RunWorkerAsync(new WorkerOptions { UntilEmpty = true })),
        ("enqueue", () => EnqueueAsync("person")),
        ("gc", () => Index.CollectAsync(new GarbageOptions { History = TimeSpan.Zero })),
        ("gc --dry-run", () => Index.CollectAsync(new GarbageOptions { History = TimeSpan.Zero, DryRun = true })),
        ("purge", () => Index.PurgeAsync(new PurgeTarget { Age = TimeSpan.Zero })),
        ("expire", () => Index.ExpireAsync()),
        ("restore", () => Index.RestoreAsync(RestoreTarget.Document("held"))),
        ("archive list", () => Index.ArchiveAsync(TimeSpan.Zero).ToListAsync().AsTask()),
        ("hold add", () => Index.AddHoldAsync(SafeguardScope.Document, "x")),
        ("hold list", () => Index.HoldsAsync()),
        ("hold release", () => Index.ReleaseHoldAsync(SafeguardScope.Document, "held")),
        ("forget", () => Index.ForgetAsync(ForgetTarget.Document("x"))),
        ("forget --lift", () => Index.LiftAsync(SafeguardScope.Document, "person")),
        ("forget --export", () => Index.ForgottenAsync()),
        ("namespace drop", () => Index.DropNamespaceAsync("default", dropSuppressions: true)),
        ("status", () => Index.StatusAsync(new StatusOptions())),
        ("store copy", CopyAsync),
    ];

    private Task<EnqueueReport> EnqueueAsync(string document) =>
        Index.EnqueueAsync(new[] { Upsert(document, "a text") }.ToAsyncEnumerable(), new EnqueueOptions { SourceName = "s" });

    private async Task CopyAsync()
    {
        await foreach (var page in Store.Archive.ReadAsync(default))
        {
            page.ShouldNotBeEmpty();
        }
    }

    private static ScriptedSource Source() => new(
        "s", [Upsert("held", "one"), Upsert("person", "two"), Upsert("x", "other")]);

    private Task<SyncReport> SyncAsync(ScriptedSource source) => Bench.SyncAsync(source, request => request with { Guard = DeletionGuard.Off });
}
