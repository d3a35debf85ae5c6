using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Postgres.Server;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Operations;

/// <summary>What docs/postgres.md says of PgBouncer, with a real one in session pooling.</summary>
public sealed class PoolerTests(Surroundings around) : IClassFixture<Surroundings>
{
    private static readonly PostgresStoreOptions Creating = new() { CreateIfMissing = true };

    [Fact]
    public async Task A_role_without_a_search_path_is_refused_before_anything_is_made()
    {
        var database = await around.NewDatabaseAsync("no_path");

        var error = await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(database));

        error.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        error.Message.ShouldContain("'tidemark'");
        error.Remedy.ShouldContain("""alter role "postgres" in database "no_path" set search_path = "tidemark", public""");
        (await around.ScalarAsync<long>(
            "select count(*) from pg_class where relname in ('store', 'document')", database)).ShouldBe(0);
        (await around.ScalarAsync<long>("select count(*) from pg_namespace where nspname = 'tidemark'", database)).ShouldBe(0);
    }

    [Fact]
    public async Task With_the_search_path_at_the_role_everything_works_as_without_a_pooler()
    {
        var database = await around.NewDatabaseAsync("with_path");
        await around.ExecuteAsync("alter role postgres in database with_path set search_path = tidemark, public");
        var documents = Enumerable.Range(0, 300).Select(i => Upsert($"d{i:000}", $"text {i}\n\nshared {i % 7}\n\n")).ToArray();
        await using var store = await OpenAsync(database);
        var bench = new SyncBench(store);
        await bench.SyncAsync(documents[..200]);
        await bench.SyncAsync(documents[100..]);

        var fresh = new SyncBench(new InMemoryStore(TimeProvider.System));
        await fresh.SyncAsync(documents);
        (await bench.ExportAsync()).ShouldBe(await fresh.ExportAsync());
        (await store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
        (await bench.SyncAsync(documents)).Documents.Skipped.ShouldBe(documents.Length);
    }

    [Fact]
    public async Task A_role_with_a_time_limit_behind_a_pooler_is_told_how_to_lift_it()
    {
        var database = await around.NewDatabaseAsync("limited");
        await around.ExecuteAsync("alter role postgres in database limited set search_path = tidemark, public");
        await around.ExecuteAsync("alter role postgres in database limited set statement_timeout = '5s'");

        var error = await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(database));

        (error.Code, error.Message.Contains("(statement_timeout)", StringComparison.Ordinal)).ShouldBe((ErrorCodes.ConfigurationInvalid, true));
        error.Remedy.ShouldStartWith("""alter role "postgres" in database "limited" set statement_timeout = '0'; then""");
    }

    [Fact]
    public async Task A_lock_is_a_run_s_own_although_its_connection_is_pooled()
    {
        var database = await around.NewDatabaseAsync("locked");
        await around.ExecuteAsync("alter role postgres in database locked set search_path = tidemark, public");
        await using var store = await OpenAsync(database);
        await using var other = await OpenAsync(database);
        TidemarkException? refused = null;
        var source = new ScriptedSource("s", [Upsert("a", "one\n\n")])
        {
            OnPage = _ => refused = Should.Throw<TidemarkException>(
                () => new SyncBench(other).SyncAsync(Upsert("b", "two\n\n")).GetAwaiter().GetResult()),
        };

        await new SyncBench(store).SyncAsync(source);

        refused.ShouldNotBeNull().Code.ShouldBe(ErrorCodes.RunLocked);
        (await new SyncBench(other).SyncAsync(new ScriptedSource("t", [Upsert("b", "two\n\n")]))).Documents.Added.ShouldBe(1);
    }

    private async Task<PostgresStore> OpenAsync(string database) => await PostgresStore.OpenAsync(
        Surroundings.In(database, around.Pooler), Creating, TimeProvider.System, CancellationToken.None);
}
