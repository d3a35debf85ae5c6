using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A collection may be killed at any instant: nothing live is lost by it, and the next one goes on. Runs of a worker last some minutes.</summary>
public sealed class CollectionTests : IDisposable
{
    private const int Files = 60;

    private static readonly int Kills = TestNumber.Of("TIDEMARK_KILLS", 3);

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public Task Killed_at_any_instant_it_loses_nothing_and_the_next_one_goes_on() => CollectAsync(_work, "sqlite:.tidemark/tidemark.db");

    [Fact]
    public async Task On_a_server_too()
    {
        await using var server = new ServerWorkspace();
        await CollectAsync(server.Files, server.Url);
    }

    [Fact]
    public async Task Changes_that_come_one_by_one_are_one_run_of_the_history()
    {
        using var worker = _work.Start("worker", "--json");
        for (var i = 0; i < 4; i++)
        {
            _work.WriteLines("change.jsonl", $$"""{"id":"d{{i}}","text":"text number {{i}}"}""");
            (await _work.RunAsync("enqueue", "change.jsonl")).ShouldExit(0);
            var expected = i + 1;
            await Awaiting.FactAsync($"{expected} documents are noted in the history", async () => await AddedAsync() == expected);
        }

        worker.Interrupt();
        ((int?)(await worker.ExitAsync()).Json["runs"]).ShouldBe(1);
        (await _work.RunAsync("runs", "--json")).ShouldExit(0).Json.AsArray().Count.ShouldBe(1);
        (await _work.RunAsync("verify")).ShouldExit(0);

        async Task<long> AddedAsync() => await _work.RunAsync("runs", "--json") is { ExitCode: 0 } runs
            ? runs.Json.AsArray().Where(run => (string?)run!["outcome"] == "succeeded").Sum(run => (long?)run!["report"]?["documents"]?["added"] ?? 0)
            : 0;
    }

    private static async Task CollectAsync(Workspace work, string store)
    {
        work.Write("tidemark.json", """{ "sources": [ "docs" ], "retention": { "historyDays": 0, "embeddingDays": 0 } }""");
        work.Environment["TIDEMARK__STORE"] = store;
        work.Environment["TIDEMARK_TRUST"] = "1";
        var took = TimeSpan.FromSeconds(1.5);
        for (var kill = 0; kill < Kills; kill++)
        {
            Corpus.Create(work, Files);
            await work.SyncAsync("--allow-delete");
            Corpus.Update(work, Files, kill);
            Corpus.Thin(work, Files);
            await work.SyncAsync("--allow-delete");
            var live = await work.ExportAsync("--vectors");
            var watch = Stopwatch.StartNew();
            using (var process = work.Start("gc", "--json"))
            {
                await process.KillAfterAsync(took * ((kill + 0.5) / Kills));
            }

            (await work.ExportAsync("--vectors")).ShouldBe(live, $"kill {kill} at {watch.Elapsed}");
            await work.VerifyCleanAsync();
            watch.Restart();
            (await work.RunAsync("gc", "--wait", "60")).ShouldExit(0);
            took = watch.Elapsed;
            await work.VerifyCleanAsync();
            (await work.ExportAsync("--vectors")).ShouldBe(live);
            var rest = (await work.RunAsync("gc", "--json")).ShouldExit(0).Json;
            ((long?)rest["documents"], (long?)rest["chunks"], (long?)rest["embeddings"]).ShouldBe((0, 0, 0));
            (await work.SyncAsync()).ShouldBeNoOp();
        }
    }
}
