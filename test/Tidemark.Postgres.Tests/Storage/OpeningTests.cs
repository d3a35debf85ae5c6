using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Postgres.Server;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Storage;

/// <summary>What is no store, or cannot be used as one, is refused with a remedy and left as it is.</summary>
public sealed class OpeningTests
{
    private const int Processes = 32;

    private static readonly PostgresStoreOptions Creating = new() { CreateIfMissing = true };
    private static readonly PostgresStoreOptions Reading = new() { ReadOnly = true };

    [Fact]
    public async Task Many_that_begin_on_an_empty_database_at_once_make_one_store_and_all_write_it()
    {
        var database = await TestServer.CreateDatabaseAsync();
        await TestServer.ExecuteAsync("drop extension vector", database);

        var added = await Task.WhenAll(Enumerable.Range(0, Processes).Select(async i =>
        {
            await using var store = await OpenAsync(TestServer.UrlOf(database), new() { CreateIfMissing = true, MaxConnections = 4 });
            var report = await new SyncBench(store).SyncAsync(
                new ScriptedSource("s", [Upsert($"d{i}", $"own {i}\n\nshared\n\n"), Upsert("same", "shared\n\n")]),
                request => request with { Cleanup = Tidemark.Documents.CleanupMode.None, Wait = TimeSpan.FromMinutes(2) });
            return report.Documents.Added;
        }));

        added.Sum().ShouldBe(Processes + 1);
        await using (var store = await OpenAsync(TestServer.UrlOf(database), Reading))
        {
            (await store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
            (await store.Reader.NamespacesAsync(CancellationToken.None)).ShouldHaveSingleItem().Documents.ShouldBe(Processes + 1);
        }

        await TestServer.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task What_is_not_there_is_missing_and_reading_makes_nothing()
    {
        var schema = await TestServer.NewSchemaAsync();

        var error = await ShouldFailAsync(TestServer.UrlOfSchema(schema), Reading);

        error.Code.ShouldBe(ErrorCodes.StoreMissing);
        error.Message.ShouldContain($"'{schema}'");
        (await TestServer.ScalarAsync<long>(
            TestServer.Database, $"select count(*) from pg_namespace where nspname = '{schema}'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named_with_how_to_make_it()
    {
        var error = await ShouldFailAsync(TestServer.UrlOf("no_such_database"), Creating);

        error.Code.ShouldBe(ErrorCodes.StoreMissing);
        error.Message.ShouldContain("no_such_database");
        error.Remedy.ShouldContain("createdb");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_unreachable()
    {
        var error = await ShouldFailAsync("postgres://nobody@127.0.0.1:1/nowhere", Creating);

        error.Code.ShouldBe(ErrorCodes.StoreUnreachable);
        error.Message.ShouldContain("127.0.0.1:1");
    }

    [Fact]
    public async Task A_schema_of_somebody_else_is_left_alone()
    {
        var schema = await TestServer.NewSchemaAsync();
        await TestServer.ExecuteAsync($"create schema {schema}; create table {schema}.theirs (id int)", TestServer.Database);

        var error = await ShouldFailAsync(TestServer.UrlOfSchema(schema), Creating);

        error.Code.ShouldBe(ErrorCodes.StoreForeign);
        (await TestServer.ScalarAsync<long>(
            TestServer.Database, $"select count(*) from pg_tables where schemaname = '{schema}'")).ShouldBe(1);
        await TestServer.ExecuteAsync($"drop schema {schema} cascade", TestServer.Database);
    }

    [Fact]
    public async Task A_store_of_a_newer_format_is_refused()
    {
        await using var store = await SelfRemovingStore.OpenAsync(TimeProvider.System, Creating);
        await TestServer.ExecuteAsync($"update {store.Schema}.store set format = 99", TestServer.Database);

        (await ShouldFailAsync(store.Url, Creating)).Code.ShouldBe(ErrorCodes.StoreNewer);
    }

    [Fact]
    public async Task A_database_that_is_not_in_utf_8_is_refused()
    {
        var name = TestServer.Database + "_latin1";
        await TestServer.ExecuteAsync($"create database {name} encoding 'LATIN1' locale 'C' template template0");
        await TestServer.ExecuteAsync("create extension vector", name);

        var error = await ShouldFailAsync(TestServer.UrlOf(name), Creating);

        error.Code.ShouldBe(ErrorCodes.StoreForeign);
        error.Message.ShouldContain("LATIN1");
        await TestServer.DropDatabaseAsync(name);
    }

    [Fact]
    public async Task An_older_pgvector_is_refused_with_how_to_update_it()
    {
        var database = await TestServer.CreateDatabaseAsync();
        await TestServer.ExecuteAsync("update pg_extension set extversion = '0.7.4' where extname = 'vector'", database);

        var error = await ShouldFailAsync(TestServer.UrlOf(database), Creating);

        error.Message.ShouldContain("0.7.4");
        error.Remedy.ShouldContain("alter extension vector update");
        await TestServer.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task Where_the_extension_is_missing_and_may_not_be_made_the_administrator_is_told_what_to_run()
    {
        var database = await TestServer.CreateDatabaseAsync();
        await TestServer.ExecuteAsync("drop extension vector", database);
        await using (var role = await TestRole.CreateAsync(database, $"grant create on database {database} to {{0}}"))
        {
            var error = await ShouldFailAsync(role.Url, Creating);

            error.Message.ShouldContain("vector");
            error.Remedy.ShouldContain("create extension");
        }

        await TestServer.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task An_extension_in_a_schema_of_its_own_is_found()
    {
        var database = await TestServer.CreateDatabaseAsync();
        await TestServer.ExecuteAsync("create schema \"Exts\"; alter extension vector set schema \"Exts\"", database);
        await using (var store = await OpenAsync(TestServer.UrlOf(database), Creating))
        {
            var bench = new SyncBench(store);
            await bench.SyncAsync(Upsert("a", "one"));
            (await bench.ExportAsync()).ShouldContain("[one]");
        }

        await TestServer.DropDatabaseAsync(database);
    }

    [Theory]
    [InlineData("postgres://")]
    [InlineData("mysql://host/db")]
    [InlineData("postgres://host:0/db")]
    [InlineData("postgres://host/db?nonsense=1")]
    [InlineData("postgres://host/db?schema=")]
    [InlineData("postgres://host/db?schema=a%00b")]
    [InlineData("postgres://us%00er@host/db")]
    public void An_address_is_read_or_refused(string url)
    {
        if (url == "postgres://")
        {
            PostgresStore.CheckAddress(url);
            return;
        }

        Should.Throw<TidemarkException>(() => PostgresStore.CheckAddress(url)).Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
    }

    private static ValueTask<PostgresStore> OpenAsync(string url, PostgresStoreOptions options) =>
        PostgresStore.OpenAsync(url, options, TimeProvider.System, CancellationToken.None);

    private static Task<TidemarkException> ShouldFailAsync(string url, PostgresStoreOptions options) =>
        Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(url, options));
}
