using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Publishing;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Publishing;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests;

/// <summary>Runs that share a namespace with an external index: one of them delivers at a time, and nothing is left behind.</summary>
public sealed class SharedDeliveryTests
{
    private const int Runs = 4;
    private const int Documents = 30;

    [Fact]
    public async Task Runs_at_the_same_time_deliver_everything_once()
    {
        await using var owner = await SelfRemovingStore.OpenAsync(
            TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        var (server, drains, most) = (new MemoryExternalIndexes(), 0, 0);
        server.OnChanged = async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref drains));
            await Task.Yield();
            Interlocked.Decrement(ref drains);
        };

        var reports = await Task.WhenAll(Enumerable.Range(0, Runs).Select(run => Task.Run(() => SyncAsync(owner.Url, server, run))));

        // What a run reports as pending may be what another one has written since; when all have ended, nothing is.
        reports.ShouldAllBe(report => report.Index!.Failure == null);
        (await owner.Outbox.BacklogAsync("default", CancellationToken.None))!.Pending.ShouldBe(0);
        most.ShouldBe(1, "one drainer a namespace");
        server.EntriesWritten.ShouldBe(Runs * Documents * 2);
        server.Collections[PublishingBench.Location].Entries.Count.ShouldBe(Runs * Documents * 2);
        var bench = new PublishingBench(owner);
        bench.Server.Collections[PublishingBench.Location] = server.Collections[PublishingBench.Location];
        (await bench.VerifyAsync()).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_drains_keeps_others_from_it_until_it_is_gone()
    {
        await using var owner = await SelfRemovingStore.OpenAsync(
            TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        await using var first = await OpenAsync(owner);
        await using var second = await OpenAsync(owner);

        var drain = await first.TryDrainAsync(CancellationToken.None);
        drain.ShouldNotBeNull();
        (await second.TryDrainAsync(CancellationToken.None)).ShouldBeNull();
        await drain.DisposeAsync();

        await using var next = await second.TryDrainAsync(CancellationToken.None);
        next.ShouldNotBeNull();
    }

    private static ValueTask<IRecordSession> OpenAsync(SelfRemovingStore store) => store.Records.OpenAsync(
        new SessionRequest("default", TimeSpan.Zero, ForPlan: false, KeepText: true) { Hold = NamespaceHold.Shared },
        CancellationToken.None);

    private static async Task<SyncReport> SyncAsync(string url, MemoryExternalIndexes server, int run)
    {
        await using var store = new ExternallyIndexedStore(
            await PostgresStore.OpenAsync(url, PostgresStoreOptions.Default, TimeProvider.System, CancellationToken.None), server);
        var bench = new SyncBench(store) { Index = PublishingBench.Location };
        var changes = Enumerable.Range(0, Documents).Select(i => Upsert($"{run}-{i}", $"word {run} {i}\n\nmore {i}"));
        return await bench.SyncAsync(
            new ScriptedSource($"s{run}", [.. changes]), request => request with { Cleanup = CleanupMode.None, BatchSize = 7 });
    }
}
