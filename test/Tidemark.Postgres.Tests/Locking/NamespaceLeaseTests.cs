using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Records;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Locking;

/// <summary>Who lost the namespace writes nothing any more, however it was lost.</summary>
public sealed class NamespaceLeaseTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private SelfRemovingStore _store = null!;

    public async ValueTask InitializeAsync() =>
        _store = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(NamespaceHold.Exclusive)]
    [InlineData(NamespaceHold.Shared)]
    public async Task A_run_whose_connection_is_cut_stops_and_the_next_one_goes_on(NamespaceHold hold)
    {
        var session = await _store.Records.OpenAsync(Request(hold), None);
        var source = await session.Catalog.RegisterSourceAsync("docs", None);
        var generation = await session.Catalog.CreateGenerationAsync(StoreScribe.Pipeline, follows: false, None);
        await session.ApplyAsync(new ApplyBatch(generation, 0, [TestWrites.Put("a", source.Key, ["kept"])]), None);

        await CutAsync();
        var error = await Should.ThrowAsync<TidemarkException>(async () => await session.ApplyAsync(
            new ApplyBatch(generation, 0, [TestWrites.Put("b", source.Key, ["lost"])]), None));
        var again = await Should.ThrowAsync<TidemarkException>(async () => await session.ApplyAsync(
            new ApplyBatch(generation, 0, [TestWrites.Put("c", source.Key, ["lost too"])]), None));
        await session.DisposeAsync();

        (error.Code, again.Code).ShouldBe((ErrorCodes.StoreUnreachable, ErrorCodes.StoreUnreachable), error.Message);
        await using var next = await StoreScribe.OpenAsync(_store);
        (await next.ChunksAsync()).ShouldHaveSingleItem().Text.ShouldBe("kept");
        (await next.PutAsync("b", "now")).Sequence.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_was_overtaken_is_fenced_off()
    {
        await using var session = await _store.Records.OpenAsync(Request(NamespaceHold.Shared), None);
        var source = await session.Catalog.RegisterSourceAsync("docs", None);
        var generation = await session.Catalog.CreateGenerationAsync(StoreScribe.Pipeline, follows: false, None);

        // As if a pooler had given the lock away behind the session's back.
        await TestServer.ExecuteAsync($"update {_store.Schema}.namespace set fence = fence + 1", TestServer.Database);
        var error = await Should.ThrowAsync<TidemarkException>(async () => await session.ApplyAsync(
            new ApplyBatch(generation, 0, [TestWrites.Put("a", source.Key, ["late"])]), None));

        error.Code.ShouldBe(ErrorCodes.RunLocked);
        (await _store.Reader.NamespaceAsync("default", None))!.Sequence.ShouldBe(0);
    }

    [Fact]
    public async Task Every_exclusive_opening_raises_the_fence()
    {
        await using (await _store.Records.OpenAsync(Request(NamespaceHold.Exclusive), None))
        {
        }

        await using (await _store.Records.OpenAsync(Request(NamespaceHold.Shared), None))
        {
        }

        await using (await _store.Records.OpenAsync(Request(NamespaceHold.Exclusive), None))
        {
        }

        (await TestServer.ScalarAsync<long>(TestServer.Database, $"select fence from {_store.Schema}.namespace")).ShouldBe(2);
    }

    [Fact]
    public async Task Two_full_runs_do_not_delete_each_other_s_documents()
    {
        var bench = new SyncBench(_store);
        await using var other = await PostgresStore.OpenAsync(_store.Url, PostgresStoreOptions.Default, TimeProvider.System, None);
        var second = new SyncBench(other);

        var runs = await Task.WhenAll(
            bench.SyncAsync(new ScriptedSource("one", [Upsert("a", "1"), Upsert("b", "2")]), Waiting),
            second.SyncAsync(new ScriptedSource("two", [Upsert("c", "3"), Upsert("d", "4")]), Waiting));

        runs.Sum(run => run.Documents.Deleted).ShouldBe(0);
        (await bench.ExportAsync()).Split('\n').Length.ShouldBe(5);
        await Task.WhenAll(
            bench.SyncAsync(new ScriptedSource("one", [Upsert("a", "1")]), Waiting),
            second.SyncAsync(new ScriptedSource("two", [Upsert("c", "3"), Upsert("d", "5")]), Waiting));
        (await bench.ExportAsync()).Split('\n').Select(line => line.Split('#')[0]).ShouldBe(["a", "c", "d", ""]);
    }

    [Fact]
    public async Task A_full_run_names_who_is_in_its_way()
    {
        await using var session = await _store.Records.OpenAsync(Request(NamespaceHold.Shared), None);

        var error = await Should.ThrowAsync<TidemarkException>(async () =>
            await _store.Records.OpenAsync(Request(NamespaceHold.Exclusive), None));

        error.Code.ShouldBe(ErrorCodes.RunLocked);
        error.Message.ShouldContain("'default'");
        error.Message.ShouldContain("server process");
        error.Remedy.ShouldContain("SyncOptions.Wait");
    }

    [Fact]
    public async Task What_somebody_else_wrote_during_a_run_is_not_cleaned_up_by_it()
    {
        var bench = new SyncBench(_store);
        await bench.SyncAsync(new ScriptedSource("s", [Upsert("a", "1", sourceId: "g"), Upsert("b", "2", sourceId: "g")]));
        await using var other = await PostgresStore.OpenAsync(_store.Url, PostgresStoreOptions.Default, TimeProvider.System, None);
        var beside = new SyncBench(other);

        await bench.SyncAsync(
            new ScriptedSource("s", [Upsert("a", "1", sourceId: "g"), Upsert("c", "3", sourceId: "h")])
            {
                PageSize = 1,
                OnPage = page =>
                {
                    if (page == 1)
                    {
                        beside.SyncAsync(
                            new ScriptedSource("s", [Upsert("b", "changed", sourceId: "g")]),
                            request => request with { Cleanup = CleanupMode.None }).GetAwaiter().GetResult();
                    }
                },
            },
            request => request with { Cleanup = CleanupMode.Incremental, Guard = Tidemark.Syncing.DeletionGuard.Off });

        (await bench.ExportAsync()).ShouldContain("[changed]");
    }

    private static Tidemark.Syncing.SyncOptions Waiting(Tidemark.Syncing.SyncOptions request) =>
        request with { Wait = TimeSpan.FromMinutes(1), Guard = Tidemark.Syncing.DeletionGuard.Off };

    private static SessionRequest Request(NamespaceHold hold) =>
        new("default", TimeSpan.Zero, ForPlan: false, KeepText: true) { Hold = hold };

    /// <summary>Ends the connections of this store that hold advisory locks.</summary>
    private async Task CutAsync()
    {
        await TestServer.ExecuteAsync(
            $"""
            select pg_terminate_backend(l.pid, 5000) from (
              select distinct pid from pg_locks, (select hashtextextended('tidemark/{_store.Schema}/namespace/default', 0) as key) k
              where locktype = 'advisory' and ((classid::bigint << 32) | objid::bigint) = k.key) l
            """,
            TestServer.Database);
    }
}
