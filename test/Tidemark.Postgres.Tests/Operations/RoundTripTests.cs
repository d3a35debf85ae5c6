using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Operations;

/// <summary>What a process costs on a distant server is how often it waits for an answer: docs/postgres.md has the list.</summary>
public sealed class RoundTripTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_sync_that_finds_nothing_to_do_waits_a_few_times_on_one_connection()
    {
        await using var made = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        var documents = Enumerable.Range(0, 1000).Select(i => Upsert($"d{i:0000}", $"text {i}")).ToArray();
        await using (var first = await PostgresStore.OpenAsync(made.Url, new PostgresStoreOptions(), TimeProvider.System, None))
        {
            await new SyncBench(first).SyncAsync(new ScriptedSource("s", documents) { PageSize = 512 });
        }

        await using var wire = new CountingWire(made.Url);

        SyncReport report;
        await using (var store = await OpenAsync(wire))
        {
            report = await new SyncBench(store).SyncAsync(new ScriptedSource("s", documents) { PageSize = 512 });
        }

        (report.Outcome, report.Documents.Skipped).ShouldBe((RunOutcome.Succeeded, 1000));

        // The line: encryption is asked for, the session begins. The store: what it is. The run: the namespace is taken, its index is there,
        // what was forgotten, it begins, its source, two pages of documents, whether an index is to be made, what tokens of a model with a
        // price were worth, it ends.
        (wire.Connections, wire.RoundTrips).ShouldBe((1, 2 + 1 + 10));
    }

    [Fact]
    public async Task A_list_of_namespaces_waits_four_times()
    {
        await using var made = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        await new SyncBench(made).SyncAsync(Upsert("a", "one"));
        await using var wire = new CountingWire(made.Url);

        await using (var store = await OpenAsync(wire))
        {
            (await store.Reader.NamespacesAsync(None)).ShouldHaveSingleItem().Documents.ShouldBe(1);
        }

        (wire.Connections, wire.RoundTrips).ShouldBe((1, 4));
    }

    [Fact]
    public async Task A_question_beside_a_run_s_open_transaction_sees_only_what_is_committed()
    {
        await using var store = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        var session = await store.Records.OpenAsync(new SessionRequest("default", TimeSpan.Zero, ForPlan: false, KeepText: true), None);
        await using (session)
        {
            var source = await session.Catalog.RegisterSourceAsync("docs", None);
            await session.Catalog.NotePlaceAsync(source.Key, "/here", None);
            var generation = await session.Catalog.CreateGenerationAsync(StoreScribe.Pipeline, follows: false, None);
            await session.ApplyAsync(
                new ApplyBatch(generation, 0, [TestWrites.Put("a", source.Key, ["text"])]) { MayBeCommittedLater = true }, None);

            (await session.Catalog.RegisterSourceAsync("docs", None)).LiveDocuments.ShouldBe(0, "the batch is not committed yet");
            (await store.Reader.PlacesAsync("default", None)).ShouldContainKeyAndValue("docs", "/here");
            await session.CommitAsync(None);
            (await session.Catalog.RegisterSourceAsync("docs", None)).LiveDocuments.ShouldBe(1);
        }

        (await store.Reader.PlacesAsync("default", None)).ShouldContainKeyAndValue("docs", "/here");
    }

    private static async Task<PostgresStore> OpenAsync(CountingWire wire) =>
        await PostgresStore.OpenAsync(wire.Url, new PostgresStoreOptions { CreateIfMissing = true }, TimeProvider.System, None);
}
