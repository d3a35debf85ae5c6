using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>SIGKILL while a server is asked what changed and goes on changing, into both stores. <c>TIDEMARK_KILLS</c> sets how often.</summary>
public sealed class PollingKillTests
{
    private static readonly int Kills = TestNumber.Of("TIDEMARK_KILLS", 6);

    private static readonly int Seed = TestNumber.Of("TIDEMARK_SEED", Environment.ProcessId);

    [Theory]
    [InlineData("mariadb", false)]
    [InlineData("mariadb", true)]
    [InlineData("postgres", false)]
    [InlineData("postgres", true)]
    public async Task Killed_at_any_instant_nothing_is_missing_left_over_or_wrong(string kind, bool onServer)
    {
        await using var database = await PolledDatabase.CreateAsync(kind);
        await using var server = onServer ? new ServerWorkspace() : null;
        using var own = onServer ? null : new Workspace();
        var work = server?.Files ?? own!;
        work.Environment["TIDEMARK_TRUST"] = "1";
        work.Environment["SHOP_URL"] = database.Url;
        work.Write("tidemark.json", """
            { "sources": { "products": { "sql": "env:SHOP_URL", "tables": { "product": {
              "id": "products/{id}", "text": "Product: {name}\n{description}", "metadata": ["price"], "updated": "updated_at", "deleted": "deleted_at" } } } } }
            """);
        await database.InsertAsync(1, 2_000);
        var watch = Stopwatch.StartNew();
        await work.SyncAsync("products", "--store", "sqlite:clean.db");
        var (whole, random, rows) = (watch.Elapsed, new Random(Seed), 2_000);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = work.Start("sync", "products", "--batch-size", "50", "--wait", "60");
            await process.KillAfterAsync(whole * random.NextDouble());
            await database.InsertAsync(rows + 1, 300);
            rows += 300;
            await database.ExecuteAsync($"update product set name = 'changed in {kill}', updated_at = {database.Now} where id % 97 = {kill}");
            await database.ExecuteAsync($"update product set deleted_at = {database.Now}, updated_at = {database.Now} where id % 97 = {kill + 50}");
        }

        await work.SyncAsync("products", "--wait", "60");
        await work.SyncAsync("products", "--store", "sqlite:fresh.db");

        (await work.ExportAsync()).ShouldBe(await work.ExportAsync("--store", "sqlite:fresh.db"), $"seed {Seed}");
        (await work.SyncAsync("products")).Json["chunks"]!["added"]!.GetValue<long>().ShouldBe(0);
        await work.VerifyCleanAsync("products");
    }
}
