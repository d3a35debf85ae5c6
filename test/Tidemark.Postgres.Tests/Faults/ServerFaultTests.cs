using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Records;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Faults;

/// <summary>A server that dies under a run loses nothing that was committed, and the next run ends where a clean one would.</summary>
public sealed class ServerFaultTests(OwnServer server) : IClassFixture<OwnServer>
{
    private const int Documents = 1_200;
    private const int PageSize = 20;

    private static readonly PostgresStoreOptions Creating = new() { CreateIfMissing = true };

    [Theory]
    [InlineData(3)]
    [InlineData(25)]
    [InlineData(50)]
    public async Task A_server_killed_in_the_middle_of_a_sync_loses_nothing_that_was_paid_for(int page)
    {
        var url = $"{server.Url}?schema=killed{page}";
        var documents = Enumerable.Range(0, Documents).Select(i => Upsert($"d{i:0000}", $"text {i}\n\nshared {i % 7}\n\n")).ToArray();
        var asked = new List<string>();
        await using (var store = await OpenAsync(url))
        {
            var bench = new SyncBench(store) { Price = 1, RequestSize = 50 };
            var error = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(
                new ScriptedSource("s", documents) { PageSize = PageSize, OnPage = at => KillAt(at, page) },
                request => request with { BatchSize = 60 }));
            error.Code.ShouldBe(ErrorCodes.StoreUnreachable);
            asked.AddRange(bench.Generator.Asked);
        }

        await server.ResumeAsync();
        await using var again = await OpenAsync(url);
        var next = new SyncBench(again) { Price = 1, RequestSize = 50 };
        (await next.SyncAsync(new ScriptedSource("s", documents))).Documents.Seen.ShouldBe(Documents);

        var fresh = new SyncBench(new InMemoryStore(TimeProvider.System));
        await fresh.SyncAsync(documents);
        (await next.ExportAsync()).ShouldBe(await fresh.ExportAsync());
        (await again.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
        next.Generator.Asked.Intersect(asked, StringComparer.Ordinal).Count()
            .ShouldBeLessThanOrEqualTo(4 * 50, "only requests that were in flight are sent again");
        (await again.Reader.RunsAsync("default", 10, CancellationToken.None)).Select(run => run.Outcome)
            .ShouldBe([RunOutcome.Succeeded, RunOutcome.Failed]);
    }

    [Fact]
    public async Task A_store_that_outlives_its_server_s_crash_can_be_used_again()
    {
        await using var store = await OpenAsync($"{server.Url}?schema=survivor");
        var bench = new SyncBench(store);
        await bench.SyncAsync(Upsert("a", "one"));

        server.Kill();
        (await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(Upsert("a", "one"), Upsert("b", "two"))))
            .Code.ShouldBe(ErrorCodes.StoreUnreachable);
        await server.ResumeAsync();

        (await bench.SyncAsync(Upsert("a", "one"), Upsert("b", "two"))).Documents.Added.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_showing_it()
    {
        await server.ExecuteAsync("create role guest login password 'right'");
        await server.ExecuteAsync("""
            do $$ begin
              execute format($f$copy (select unnest(array['host all guest 127.0.0.1/32 scram-sha-256', 'host all all 127.0.0.1/32 trust',
                'local all all trust'])) to %L$f$, current_setting('hba_file'));
              perform pg_reload_conf();
            end $$
            """);
        await Task.Yield();
        var url = server.Url.Replace("postgres@", "guest:wr0ng-s3cret@", StringComparison.Ordinal);

        var error = await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(url));

        error.Code.ShouldBe(ErrorCodes.StoreAccess);
        error.Message.ShouldContain("'guest'");
        error.Remedy.ShouldContain("PGPASSWORD");
        error.ToString().ShouldNotContain("s3cret");
    }

    private static ValueTask<PostgresStore> OpenAsync(string url) =>
        PostgresStore.OpenAsync(url, Creating, TimeProvider.System, CancellationToken.None);

    private void KillAt(int at, int page)
    {
        if (at == page)
        {
            server.Kill();
        }
    }
}
