using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Chroma;

/// <summary>The server of a test's own dies and comes back; the executable dies while it delivers.</summary>
public sealed class ChromaFaultTests : IDisposable
{
    private const int Files = 120;
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task While_the_server_is_down_records_go_on_and_the_next_sync_catches_up()
    {
        using var server = await ChromaServer.StartAsync();
        var location = server.NewCollection();
        _work.Write("docs/a.md", "# A\n\nThe lantern is green.\n").Write("docs/b.md", "# B\n\nThe anchor is heavy.\n");
        await _work.SyncAsync("docs", "--index", location);
        await server.KillAsync();
        _work.Write("docs/a.md", "# A\n\nThe lantern is red.\n").Write("docs/c.md", "# C\n\nThe buoy is yellow.\n");

        var down = await _work.SyncAsync(4, "docs");

        down.ShouldCount(added: 1, updated: 1, skipped: 1).Outcome.ShouldBe("succeeded");
        ((string?)down.Json["index"]!["error"]!["code"]).ShouldBe("index.unavailable");
        var status = (await _work.RunAsync("status", "--json")).ShouldExit(0).Json["index"]!;
        ((long)status["pending"]!, (long)status["documents"]!).ShouldBe((3, 2));
        var found = (await _work.RunAsync("search", "lantern anchor buoy", "--mode", "keyword", "--json")).ShouldExit(0).Output;
        found.ShouldContain("lantern is green");
        found.ShouldNotContain("docs/c.md");
        (await _work.RunAsync("sync", "docs")).ShouldExit(4).Errors.ShouldContain("3 changes of 2 documents wait");
        await server.ResumeAsync();

        var up = await _work.SyncAsync("docs");

        up.ShouldCount(skipped: 3);
        ((long)up.Json["index"]!["delivered"]!, (long)up.Json["index"]!["pending"]!).ShouldBe((3, 0));
        await _work.VerifyCleanAsync("docs");
        (await _work.RunAsync("search", "lantern", "--mode", "vector", "--json")).Output.ShouldContain("lantern is red");
    }

    [Fact]
    public async Task A_server_that_is_killed_while_it_is_delivered_to_loses_nothing()
    {
        using var server = await ChromaServer.StartAsync();
        var location = server.NewCollection();
        var random = new Random(Environment.ProcessId);
        for (var round = 0; round < 4; round++)
        {
            if (round == 0)
            {
                Corpus.Create(_work, Files);
            }
            else
            {
                Corpus.Update(_work, Files, round);
            }

            using (var process = _work.Start("sync", "docs", "--index", location, "--json", "--allow-delete"))
            {
                await DeliversAsync(process, server, location, random.Next(1, 60));
                await server.KillAsync();
                (await process.ExitAsync()).ExitCode.ShouldBeOneOf(0, 4);
            }

            await server.ResumeAsync();
            await _work.SyncAsync("docs", "--allow-delete");
            await _work.VerifyCleanAsync("docs");
            (await server.CountAsync(location)).ShouldBe((await _work.RunAsync("export")).JsonLines.Count, $"round {round}");
        }

        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task Killed_while_it_delivers_the_next_run_goes_on()
    {
        using var server = ChromaServer.Shared();
        var location = server.NewCollection();
        var random = new Random(Environment.ProcessId);
        for (var round = 0; round < 5; round++)
        {
            if (round == 0)
            {
                Corpus.Create(_work, Files);
            }
            else
            {
                Corpus.Update(_work, Files, round);
            }

            using (var process = _work.Start("sync", "docs", "--index", location, "--json", "--allow-delete"))
            {
                await DeliversAsync(process, server, location, random.Next(1, 60));
                process.Kill();
            }

            (await _work.SyncAsync("docs", "--index", location, "--allow-delete")).Outcome.ShouldBe("succeeded");
            await _work.VerifyCleanAsync("docs");
            (await server.CountAsync(location)).ShouldBe((await _work.RunAsync("export")).JsonLines.Count, $"round {round}");
        }

        await server.DropAsync(location);
    }

    /// <summary>Waits until so many entries have come to the server, or the process has ended.</summary>
    private static async Task DeliversAsync(TidemarkProcess process, ChromaServer server, string location, int entries)
    {
        var before = await CountAsync();
        await Awaiting.FactAsync("entries come", async () => process.HasExited || await CountAsync() >= before + entries);

        async Task<long> CountAsync() => await server.ExistsAsync(location) ? await server.CountAsync(location) : 0;
    }
}
