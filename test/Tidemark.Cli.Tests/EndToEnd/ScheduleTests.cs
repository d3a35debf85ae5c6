using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What is due is carried out by whoever works, and its absence is told.</summary>
public sealed class ScheduleTests : IDisposable
{
    private readonly Workspace _work = new Workspace().Write("live/a.md", "harbour").Write("half/b.md", "lighthouse").Write("tidemark.json", """
        {
          "sources": [{ "path": "live", "schedule": "realtime" }, { "path": "half", "schedule": "every 1s" }],
          "schedules": { "verify": "every 1s", "jitterSeconds": 0 }
        }
        """);

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_worker_keeps_sources_in_step_each_in_its_mode_and_the_status_says_how()
    {
        using (var worker = _work.Start("worker"))
        {
            await FindsAsync("harbour", worker);
            await FindsAsync("lighthouse", worker);
            _work.Write("live/a.md", "ferry").Write("half/b.md", "beacon");
            await FindsAsync("ferry", worker);
            await FindsAsync("beacon", worker);
            await Awaiting.FactAsync("the jobs have ended well", async () =>
                (await JobsAsync()).All(job => (string?)job["job"] == "sync live" || (string?)job["last"]?["outcome"] == "succeeded"));

            var jobs = await JobsAsync();
            jobs.Select(job => ((string)job["job"]!, (string)job["mode"]!, (int)job["timesADay"]!)).ShouldBe(
                [("sync live", "real-time", 0), ("sync half", "micro-batch", 86_400), ("verify", "micro-batch", 86_400)]);
            ((bool)jobs[0]["running"]!).ShouldBeTrue();
            jobs.ShouldAllBe(job => !(bool)job["overdue"]!);
            ((double)jobs[1]["age"]!).ShouldBeLessThan((double)jobs[1]["promisedSeconds"]!);
            (await _work.RunAsync("status", "--check")).ShouldExit(0).Output.ShouldContain("sync live: realtime, under way");

            worker.Signal("-TERM");
            (await worker.ExitAsync()).ShouldExit(0);
        }

        ((string?)(await JobsAsync())[0]["last"]?["outcome"]).ShouldBeNull(); // it was stopped, not done
        await _work.VerifyCleanAsync();
    }

    [Fact]
    public async Task A_service_carries_out_what_a_killed_worker_left()
    {
        using (var worker = _work.Start("worker"))
        {
            await FindsAsync("lighthouse", worker);
            worker.Kill();
        }

        _work.Write("half/b.md", "beacon");
        using var service = await ServedIndex.StartAsync(_work);
        await FindsAsync("beacon", service.Process);
        await service.StopAsync();
    }

    [Fact]
    public async Task What_nobody_carries_out_is_an_alert()
    {
        (await _work.RunAsync("sync")).ShouldExit(0);

        var status = (await _work.RunAsync("status", "--check", "--json")).ShouldExit(4).Json;

        status["alerts"]!.AsArray().Select(alert => (string)alert!["code"]!).ShouldBe(["schedule.overdue"], "its two sources are in step by hand");
    }

    private async Task<JsonNode[]> JobsAsync() => [.. (await _work.RunAsync("status", "--json")).ShouldExit(0).Json["jobs"]!.AsArray().Select(job => job!)];

    private Task FindsAsync(string word, TidemarkProcess process) => Awaiting.FactAsync($"'{word}' is found", async () =>
        process.HasExited
            ? throw new InvalidOperationException($"it has ended: {process.ErrorsSoFar}")
            : (await _work.RunAsync("search", word, "--mode", "keyword", "--json")) is { ExitCode: 0 } found && found.Json["hits"]!.AsArray().Count == 1);
}
