using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Postgres.Server;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Storage;

/// <summary>The roles that docs/postgres.md describes can do what they are for, and nothing else.</summary>
public sealed class PrivilegeTests
{
    private static readonly PostgresStoreOptions Creating = new() { CreateIfMissing = true };
    private static readonly PostgresStoreOptions Reading = new() { ReadOnly = true };

    [Fact]
    public async Task A_writer_needs_only_a_schema_that_it_may_create_in()
    {
        var database = await TestServer.CreateDatabaseAsync();
        await using (var writer = await TestRole.CreateAsync(
            database, "create schema tidemark authorization {0}", "revoke all on schema public from public", "grant usage on schema public to {0}"))
        {
            await using var store = await OpenAsync(writer.Url, Creating);
            var bench = new SyncBench(store);
            await bench.SyncAsync(Upsert("a", "one"));
            bench.ChunkerVersion = "2";
            await bench.SyncAsync(new ScriptedSource("s", [Upsert("a", "two")]), request => request with { Rebuild = true });
            (await bench.ExportAsync()).ShouldContain("[two]");
        }

        await TestServer.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task A_reader_reads_and_is_told_that_it_may_not_write()
    {
        var database = await TestServer.CreateDatabaseAsync();
        await using (var store = await OpenAsync(TestServer.UrlOf(database), Creating))
        {
            await new SyncBench(store).SyncAsync(Upsert("a", "one"));
        }

        await using (var reader = await TestRole.CreateAsync(
            database, "grant usage on schema tidemark to {0}", "grant select on all tables in schema tidemark to {0}"))
        {
            await using var store = await OpenAsync(reader.Url, Reading);
            var bench = new SyncBench(store);
            (await bench.ExportAsync()).ShouldContain("[one]");
            (await store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
            (await bench.PlanAsync(new ScriptedSource("s", [Upsert("b", "two")]))).Documents.Added.ShouldBe(1);
            var error = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(Upsert("b", "two")));

            error.Code.ShouldBe(ErrorCodes.StoreAccess);
            error.Message.ShouldContain(reader.Name);
            error.Remedy.ShouldContain("grant");
        }

        await TestServer.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task Who_may_not_create_in_the_database_is_told_so()
    {
        var database = await TestServer.CreateDatabaseAsync();
        await using (var nobody = await TestRole.CreateAsync(database))
        {
            var error = await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(nobody.Url, Creating));
            error.Code.ShouldBe(ErrorCodes.StoreAccess);
        }

        await TestServer.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_can_be_searched_and_says_so_otherwise()
    {
        var database = await TestServer.CreateDatabaseAsync();
        await using (var store = await OpenAsync(TestServer.UrlOf(database), Creating))
        {
            await new SyncBench(store).SyncAsync(Upsert("a", "one"));
        }

        await TestServer.ExecuteAsync($"alter database {database} set default_transaction_read_only = on");
        await using (var store = await OpenAsync(TestServer.UrlOf(database), Reading))
        {
            var bench = new SyncBench(store);
            (await bench.ExportAsync()).ShouldContain("[one]");
            var error = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(Upsert("b", "two")));
            error.Code.ShouldBe(ErrorCodes.StoreReadOnly);
            error.Remedy.ShouldContain("primary");
        }

        await TestServer.DropDatabaseAsync(database);
    }

    private static ValueTask<PostgresStore> OpenAsync(string url, PostgresStoreOptions options) =>
        PostgresStore.OpenAsync(url, options, TimeProvider.System, CancellationToken.None);
}
