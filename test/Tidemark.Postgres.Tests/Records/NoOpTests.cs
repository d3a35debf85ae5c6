using System.Globalization;
using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Records;

/// <summary>A run that finds nothing to do writes that it was there, and nothing else.</summary>
[Collection(Alone.Name)]
public sealed class NoOpTests
{
    private const string WrittenRows = """
        select coalesce(string_agg(relname || ' ' || (n_tup_ins + n_tup_upd + n_tup_del), ', ' order by relname), '')
        from pg_stat_user_tables where n_tup_ins + n_tup_upd + n_tup_del > 0 and relname not in ('run', 'namespace')
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Nothing_but_rows_of_run_and_namespace_is_written_at_any_batch_size(int batchSize)
    {
        var database = await TestServer.CreateDatabaseAsync();
        var documents = Enumerable.Range(0, 300).Select(i => Upsert($"d{i:000}", $"text {i}\n\nmore of {i}")).ToArray();
        await SyncAsync(database, documents, 1000);
        await TestServer.ExecuteAsync("checkpoint", database);
        await TestServer.ExecuteAsync("select pg_stat_reset()", database);

        var report = await SyncAsync(database, documents, batchSize);

        report.Documents.Skipped.ShouldBe(300);

        // Counted when the connections of the run have ended.
        (await TestServer.ScalarAsync<string>(database, WrittenRows)).ShouldBe("");
        (await TestServer.ScalarAsync<long>(
            database, "select n_tup_ins + n_tup_upd from pg_stat_user_tables where relname = 'run'")).ShouldBe(2);
        (await LeastLogAsync(database, () => SyncAsync(database, documents, batchSize))).ShouldBeLessThan(100_000, "bytes of write-ahead log");
        await TestServer.DropDatabaseAsync(database);
    }

    /// <summary>The log is the whole server's, whose housekeeping writes to it as well, now and then: what a run writes is the least of some.</summary>
    private static async Task<long> LeastLogAsync(string database, Func<Task> run)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = await LogPositionAsync(database);
            await run();
            least = Math.Min(least, await LogPositionAsync(database) - before);
        }

        return least;
    }

    private static async Task<SyncReport> SyncAsync(string database, DocumentChange[] documents, int batchSize)
    {
        await using var store = await PostgresStore.OpenAsync(
            TestServer.UrlOf(database), new() { CreateIfMissing = true }, TimeProvider.System, CancellationToken.None);
        return await new SyncBench(store).SyncAsync(new ScriptedSource("s", documents), r => r with { BatchSize = batchSize });
    }

    private static async Task<long> LogPositionAsync(string database) => long.Parse(
        await TestServer.ScalarAsync<string>(database, "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text"),
        CultureInfo.InvariantCulture);
}
