using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Lifecycle;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Publishing;

/// <summary>A namespace that migrates from one external index to another: each by itself, and none forgotten.</summary>
public abstract class SeveralIndexesConformance : StoreConformance
{
    private const string First = "memory:first", Second = "memory:second";

    private readonly MemoryExternalIndexes _server = new();

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task One_that_is_built_and_away_holds_up_nothing_of_the_one_that_answers()
    {
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"));
        await Index(Second).StartMigrationAsync();
        _server.Away.Add(Second);

        var report = await SyncAsync(Upsert("a", "another"), Upsert("c", "three"));

        report.Index!.ShouldSatisfyAllConditions(index => index.Pending.ShouldBe(0), index => index.Failure.ShouldBeNull());
        Texts(First).ShouldBe(["another", "three"]);
        Texts(Second).ShouldBe(["one", "two"]);
        report.Follower!.ShouldSatisfyAllConditions(
            follower => follower.Failure!.Code.ShouldBe(ErrorCodes.IndexUnavailable), follower => follower.Undelivered.ShouldBe(4));
        (await Index(First).MigrationStatusAsync()).Building!.Undelivered.ShouldBe(4);
        (await Index(First).VerifyAsync()).InSync.ShouldBeTrue();

        _server.Away.Clear();
        report = await SyncAsync(Upsert("a", "another"), Upsert("c", "three"));

        (report.Follower!.Undelivered, report.Follower.Failure).ShouldBe((0, null));
        Texts(Second).ShouldBe(["another", "three"]);
    }

    [Fact]
    public async Task What_is_forgotten_is_looked_for_in_each()
    {
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"));
        await Index(Second).StartMigrationAsync();
        _server.Away.Add(Second);

        var receipt = await Index(First).ForgetAsync(ForgetTarget.Document("a"));

        receipt.IsClean.ShouldBeFalse();
        (FoundIn(receipt, First), FoundIn(receipt, Second)).ShouldBe((0, 1));
        _server.Away.Clear();
        receipt = await Index(First).ForgetAsync(ForgetTarget.Document("a"));

        receipt.IsClean.ShouldBeTrue();
        (FoundIn(receipt, First), FoundIn(receipt, Second)).ShouldBe((0, 0));
        Texts(Second).ShouldBe(["two"]);
    }

    [Fact]
    public async Task One_that_is_left_is_named_by_who_leaves_it_and_by_who_erases()
    {
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"));
        await Index(Second).StartMigrationAsync();
        await Index(Second).PromoteMigrationAsync();

        (await Index(Second).FinishMigrationAsync()).Left.ShouldBe(First);

        var receipt = await Index(Second).ForgetAsync(ForgetTarget.Document("a"));
        receipt.IsClean.ShouldBeTrue();
        receipt.NotCovered.ShouldContain(place => place.Contains(First, StringComparison.Ordinal));
        Texts(First).ShouldBe(["one", "two"], "it is left as it is");
    }

    [Fact]
    public async Task A_candidate_that_is_given_up_leaves_its_own()
    {
        await SyncAsync(Upsert("a", "one"));
        await Index(Second).StartMigrationAsync();

        (await Index(First).CancelMigrationAsync()).Left.ShouldBe(Second);

        (await Index(First).ForgetAsync(ForgetTarget.Document("a"))).NotCovered.ShouldContain(place => place.Contains(Second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rebuild_elsewhere_says_what_it_leaves()
    {
        await SyncAsync(Upsert("a", "one"));

        var report = await Index(Second).SyncAsync([new ScriptedSource("s", [Upsert("a", "one")])], new SyncOptions { Rebuild = true });

        report.Warnings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            warning => warning.Code.ShouldBe(ErrorCodes.IndexLeft), warning => warning.Message.ShouldContain(First));
    }

    [Fact]
    public async Task One_that_is_used_again_begins_empty()
    {
        await SyncAsync(Upsert("a", "one"), Upsert("b", "two"));
        await Index(Second).StartMigrationAsync();
        await Index(Second).PromoteMigrationAsync();
        await Index(Second).FinishMigrationAsync();
        await SyncAsync(Second, Upsert("b", "two"));

        await Index(First).StartMigrationAsync();

        Texts(First).ShouldBe(["two"]);
        await Index(First).PromoteMigrationAsync();
        (await Index(First).VerifyAsync()).InSync.ShouldBeTrue();
        (await Index(First).FinishMigrationAsync()).Left.ShouldBe(Second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_namespace_is_dropped_with_all_of_them_or_with_none(bool isFinished)
    {
        await SyncAsync(Upsert("a", "one"));
        await Index(Second).StartMigrationAsync();
        if (isFinished)
        {
            await Index(Second).PromoteMigrationAsync();
            await Index(Second).FinishMigrationAsync();
        }

        _server.Away.Add(isFinished ? First : Second);
        (await Should.ThrowAsync<TidemarkException>(() => Index(First).DropNamespaceAsync("default"))).Code.ShouldBe(ErrorCodes.IndexUnavailable);
        _server.Collections.Keys.ShouldBe([First, Second], ignoreOrder: true);
        _server.Away.Clear();

        await Index(First).DropNamespaceAsync("default");

        _server.Collections.ShouldBeEmpty();
        await SyncAsync(Upsert("b", "two"));
        (await Index(First).ForgetAsync(ForgetTarget.Document("b"))).NotCovered.ShouldNotContain(place => place.Contains(Second, StringComparison.Ordinal));
    }

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) => SyncAsync(First, changes);

    private Task<SyncReport> SyncAsync(string location, params DocumentChange[] changes) =>
        Index(location).SyncAsync([new ScriptedSource("s", changes)], new SyncOptions { Guard = DeletionGuard.Off });

    private TidemarkIndex Index(string location) => TidemarkIndex.Create(index => index
        .UseStore(Store).UseClock(Clock).UseChunker(new ParagraphChunker("1", together: 1)).UseIndex(location, (_, _) => new(_server))
        .UseEmbedder(new EmbeddingModel
        {
            Space = new EmbeddingSpace("counting:32", CountingGenerator.Dimensions),
            Generator = new CountingGenerator(),
            PricePerMillionTokens = 0,
        }));

    private string[] Texts(string location) =>
        [.. _server.Collections[location].Entries.Values.Select(entry => entry!.Text.Trim()).Order(StringComparer.Ordinal)];

    private static long FoundIn(ErasureReceipt receipt, string location) =>
        receipt.Probes.Where(probe => probe.Place.Contains(location, StringComparison.Ordinal)).Sum(probe => probe.Found);
}
