using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Shouldly;
using Tidemark.Cli.Tests.EndToEnd.Operations;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Databases that are asked what changed, with the executable.</summary>
public sealed class PollingTests : IDisposable
{
    private const string Now = "strftime('%Y-%m-%d %H:%M:%f', 'now')";

    private readonly Workspace _work = new();

    public PollingTests()
    {
        SQLitePCL.Batteries_V2.Init();
        _work.Environment["TIDEMARK_TRUST"] = "1";
        _work.Write("tidemark.json", """
            {
              "sources": {
                "products": {
                  "sql": "env:SHOP_URL",
                  "tables": {
                    "product": {
                      "id": "products/{id}", "text": "Product: {name}\n{description}", "metadata": ["price"], "updated": "updated_at", "deleted": "deleted_at"
                    }
                  }
                }
              }
            }
            """);
        _work.Environment["SHOP_URL"] = "sqlite:shop.db";
        Execute("create table product (id integer primary key, name text, description text, price real, updated_at text, deleted_at text)");
        Execute("create index by_time on product (updated_at, id)");
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _work.Dispose();
    }

    [Fact]
    public async Task The_page_says_how_and_it_is_so()
    {
        Insert(1, 3);

        var output = await Runbook.RunTextAsync(_work.Root, Runbook.BlocksOf("docs/polling.md")["polling"]);

        output.ShouldContain("3 new");
        _work.Documents(await _work.ExportAsync()).ShouldBe(["products/1", "products/2", "products/3"]);
    }

    [Fact]
    public async Task A_sync_takes_what_was_written_since_and_a_whole_one_finds_what_vanished()
    {
        Insert(1, 100);
        Execute("update product set updated_at = '2026-01-01 00:00:00' where id < 100");
        (await _work.SyncAsync("products")).ShouldCount(added: 100);
        Execute($"update product set price = 7.25, updated_at = {Now} where id = 3; update product set deleted_at = {Now}, updated_at = {Now} where id = 4; delete from product where id = 5");
        Insert(101, 1);

        var planned = (await _work.RunAsync("plan", "products", "--json")).ShouldExit(0).Json;
        planned["documents"]!["deleted"]!.GetValue<long>().ShouldBe(1);
        (await _work.SyncAsync("products")).ShouldCount(added: 1, updated: 1, skipped: 1, deleted: 1);
        (await _work.ExportAsync()).ShouldContain("\"price\":7.25");

        (await _work.SyncAsync("products", "--cleanup", "full")).ShouldCount(deleted: 1, skipped: 99);
        (await _work.RunAsync("verify", "products", "--json")).ShouldExit(0);
        (await _work.RunAsync("why", "products/3")).ShouldExit(0);
    }

    /// <summary>A poll has seen what changed and not what vanished, so that it is no complete sync: <c>status</c> says how long ago everything was read.</summary>
    [Fact]
    public async Task Only_a_sync_that_read_everything_is_a_complete_one()
    {
        Insert(1, 20);
        Execute("update product set updated_at = '2026-01-01 00:00:00' where id < 20");
        await _work.SyncAsync("products");
        var whole = await LastCompleteAsync();
        whole.ShouldNotBeNull("the first one has read everything");

        Insert(21, 1);
        (await _work.SyncAsync("products")).ShouldCount(added: 1, skipped: 1);
        (await LastCompleteAsync()).ShouldBe(whole, "a poll is none");
        (await _work.RunAsync("runs", "--json")).ShouldExit(0).Json[0]!["completeSync"]!.GetValue<bool>().ShouldBeFalse();

        await _work.SyncAsync("products", "--cleanup", "full");
        (await LastCompleteAsync()).ShouldNotBe(whole);
        (await _work.RunAsync("runs", "--json")).ShouldExit(0).Json[0]!["completeSync"]!.GetValue<bool>().ShouldBeTrue();

        async Task<string?> LastCompleteAsync() => (string?)(await _work.RunAsync("namespace", "list", "--json")).ShouldExit(0).Json[0]!["lastCompleteSync"];
    }

    /// <summary>Of an index that has nothing but what is polled: polls that find nothing keep it fresh, and it is told when they stop.</summary>
    [Fact]
    public async Task Polls_keep_an_index_fresh_and_a_source_that_is_listed_counts_by_its_listing()
    {
        Insert(1, 5);
        await _work.SyncAsync("products");
        _work.Environment["TIDEMARK__FRESHNESS__SLASECONDS"] = "5";
        await Awaiting.FactAsync("it is stale", IsStaleAsync);

        await _work.SyncAsync("products");

        (await IsStaleAsync()).ShouldBeFalse("it was asked, and nothing has changed");
        await Awaiting.FactAsync("it is stale again", IsStaleAsync);
        _work.Write("docs/a.md", "A text.");
        await _work.SyncAsync("docs");
        await Awaiting.FactAsync("the folder is stale", IsStaleAsync);
        await _work.SyncAsync("products");
        (await IsStaleAsync()).ShouldBeTrue("of the folder nothing is known");

        async Task<bool> IsStaleAsync() =>
            (await _work.RunAsync("status", "--json")).ShouldExit(0).Json["alerts"]!.AsArray().Any(alert => (string)alert!["code"]! == "freshness.sla");
    }

    [Fact]
    public async Task What_cannot_be_asked_is_said_without_its_secrets_and_deletes_nothing()
    {
        Insert(1, 3);
        await _work.SyncAsync("products");
        _work.Environment["SHOP_URL"] = "mysql://somebody:hush-hush@127.0.0.1:1/shop";

        var refused = await _work.RunAsync("sync", "products", "--json", "--verbose");
        refused.ShouldFail(1, "source.unreadable");

        (refused.Output + refused.Errors).ShouldNotContain("hush-hush");
        _work.Environment["SHOP_URL"] = "sqlserver://somebody@example.org/shop";
        (await _work.RunAsync("sync", "products", "--json")).ShouldFail(2, "usage").ToJsonString().ShouldContain("SQL Server");
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(3);
        (await File.ReadAllBytesAsync(_work.PathOf(Workspace.Database), TestContext.Current.CancellationToken)).AsSpan().IndexOf("hush-hush"u8).ShouldBe(-1);
    }

    /// <summary>SIGKILL while it polls; the table changes on.</summary>
    [Fact]
    public async Task Killed_at_any_instant_nothing_is_lost_and_nothing_is_embedded_twice()
    {
        Insert(1, 2_000);
        var watch = Stopwatch.StartNew();
        await _work.SyncAsync("products", "--store", "sqlite:clean.db");
        var (whole, random, rows) = (watch.Elapsed, new Random(Environment.ProcessId), 2_000);
        for (var kill = 0; kill < 8; kill++)
        {
            using var process = _work.Start("sync", "products", "--batch-size", "50");
            await process.KillAfterAsync(whole * random.NextDouble());
            Insert(rows + 1, 300);
            rows += 300;
            Execute($"update product set name = 'changed in {kill}', updated_at = {Now} where id % 97 = {kill}");
        }

        await _work.SyncAsync("products");
        await _work.SyncAsync("products", "--store", "sqlite:fresh.db");

        (await _work.ExportAsync()).ShouldBe(await _work.ExportAsync("--store", "sqlite:fresh.db"));
        (await _work.SyncAsync("products")).Json["chunks"]!["added"]!.GetValue<long>().ShouldBe(0);
        await _work.VerifyCleanAsync("products");
    }

    private void Insert(int first, int count) => Execute(string.Create(
        CultureInfo.InvariantCulture,
        $"with recursive n(i) as (select {first} union all select i + 1 from n where i < {first + count - 1}) "
        + $"insert into product select i, 'name ' || i, 'description of ' || i, i / 2.0, {Now}, null from n"));

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_work.PathOf("shop.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 60;
        command.ExecuteNonQuery();
    }
}
