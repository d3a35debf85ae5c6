using System.Globalization;
using Shouldly;
using Tidemark.Embedding;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>
/// Changes are enqueued while workers, and the server that holds everything, are killed at random: in the end nothing is lost
/// and nothing was done twice. <c>TIDEMARK_KILLS</c> sets how many kills; <c>eng/prove-resume</c> shows many.
/// </summary>
public sealed class ResumeTests
{
    private const int Documents = 120;
    private const int InFlight = 2 * 10;

    private static readonly int Kills = TestNumber.Of("TIDEMARK_KILLS", 6);

    private static readonly int Seed = TestNumber.Of("TIDEMARK_SEED", Environment.ProcessId);

    private readonly Dictionary<string, string> _newest = new(StringComparer.Ordinal);
    private readonly Random _random = new(Seed);
    private readonly List<string> _log = [];
    private long _version;
    private int _sent;

    [Fact]
    public async Task Killed_workers_of_a_file_lose_nothing_and_do_nothing_twice()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await ProveAsync(provider, $"sqlite:{provider.Work.PathOf("queue.db")}", workers: 1, server: null);
    }

    [Fact]
    public async Task Killed_workers_and_a_killed_server_lose_nothing_and_do_nothing_twice()
    {
        await using var server = await PostgresInstance.StartAsync();
        await using var provider = await ProviderWorkspace.StartAsync();
        await ProveAsync(provider, server.Url, workers: 3, server);
    }

    private async Task ProveAsync(ProviderWorkspace provider, string store, int workers, PostgresInstance? server)
    {
        var work = provider.Work;
        work.Environment["TIDEMARK__QUEUE__VISIBILITYSECONDS"] = "2";
        work.Environment["TIDEMARK__QUEUE__MAXATTEMPTS"] = "3";
        provider.Host.Reply = _ => new ProviderReply.Vectors { Latency = TimeSpan.FromMilliseconds(20) };
        var (workerKills, serverKills) = (0, 0);
        using (var team = new WorkerTeam(work, workers, "--store", store, "--concurrency", "2", "--batch-size", "10"))
        {
            await EnqueueAsync(work, store, Documents);
            for (var kill = 0; kill < Kills; kill++)
            {
                team.Fill();
                await PauseAsync(50, 600);
                if (server is not null && _random.Next(6) == 0)
                {
                    serverKills++;
                    await server.KillAsync();
                    await PauseAsync(0, 300);
                    await server.ResumeAsync();
                }
                else
                {
                    workerKills++;
                    team.Kill(_random.Next(workers));
                }

                if (_random.Next(2) == 0)
                {
                    await EnqueueAsync(work, store, _random.Next(1, 40));
                }
            }
        }

        Say($"{workerKills} workers and {serverKills} servers killed, {_sent} changes of {_newest.Count} documents enqueued, seed {Seed}");
        await ConvergesAsync(provider, store, (workerKills + workers) + (serverKills * workers));
    }

    private async Task ConvergesAsync(ProviderWorkspace provider, string store, int losses)
    {
        var work = provider.Work;
        var last = (await work.RunAsync("worker", "--until-empty", "--wait", "60", "--json", "--store", store)).ShouldExit(0).Json;
        Counts(last["queue"]!).ShouldBe((0, 0, 0));
        await work.VerifyCleanAsync("--store", store);
        var export = await work.ExportAsync("--store", store);
        var paid = provider.Host.Paid.Where(text => text.Key != CanaryInput.Text).ToDictionary(StringComparer.Ordinal);
        var again = paid.Values.Sum(times => times - 1);
        Say($"{paid.Count} texts were embedded, {again} of them once more because their answer died with its worker (at most {losses * InFlight})");

        work.WriteLines("all.jsonl", _newest.Values);
        await work.SyncAsync("all.jsonl", "--store", "sqlite:fresh.db");
        (await work.ExportAsync("--store", "sqlite:fresh.db")).ShouldBe(export, string.Join('\n', _log));
        again.ShouldBeLessThanOrEqualTo(losses * InFlight, string.Join('\n', _log));
        var states = (await work.RunAsync("list", "--json", "--store", store)).Json.AsArray().Count;
        Say($"the queue is empty, no change is a dead letter, and the {states} documents are what a fresh build gives");
    }

    /// <summary>Enqueues new versions of random documents; a call that the dying server cut off is made again as it was.</summary>
    private async Task EnqueueAsync(Workspace work, string store, int changes)
    {
        var lines = new List<string>();
        for (var i = 0; i < changes; i++)
        {
            var id = $"d{_random.Next(Documents):000}";
            var version = ++_version;
            var line = _random.Next(8) == 0
                ? $$"""{"id":"{{id}}","deleted":true,"version":{{version}}}"""
                : $$"""{"id":"{{id}}","text":"the text of {{id}} in version {{version}}","version":{{version}},"tier":"{{(_random.Next(4) == 0 ? "premium" : "standard")}}"}""";
            lines.Add(line);
            _newest[id] = line;
        }

        _sent += changes;
        work.WriteLines("changes.jsonl", lines);
        for (var tries = 0; ; tries++)
        {
            var result = await work.RunAsync("enqueue", "changes.jsonl", "--json", "--store", store);
            if (result.ExitCode == 0)
            {
                return;
            }

            tries.ShouldBeLessThan(20, result.ToString());
            await PauseAsync(100, 200);
        }
    }

    private static (int Pending, int Leased, int Dead) Counts(System.Text.Json.Nodes.JsonNode queue) =>
        ((int)queue["pending"]!, (int)queue["leased"]!, (int)queue["dead"]!);

    private void Say(string line)
    {
        _log.Add(line);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {line}"));
    }

    private async Task PauseAsync(int least, int most)
    {
        using var over = new CancellationTokenSource(TimeSpan.FromMilliseconds(_random.Next(least, most)));
        await Task.Delay(Timeout.Infinite, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
