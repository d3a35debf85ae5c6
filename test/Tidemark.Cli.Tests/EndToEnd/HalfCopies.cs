using System.Diagnostics;
using Shouldly;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Copies that are killed at moments spread over the time that a whole one takes.</summary>
internal static class HalfCopies
{
    /// <summary>Steps in which the moment of the kill moves on, of the time that a whole copy takes.</summary>
    private const int Steps = 12;

    private const int MostKills = 60;

    /// <summary>
    /// After each kill the target is either as good as not there, or refused by everything, or whole; and the same command makes
    /// it whole.
    /// </summary>
    public static async Task CheckAsync(Workspace work, string target)
    {
        var refused = 0;
        var started = Stopwatch.GetTimestamp();
        (await work.RunAsync("store", "copy", "--to", "sqlite:whole.db", "--json")).ShouldExit(0);
        var whole = Stopwatch.GetElapsedTime(started);
        for (var kill = 2; kill <= MostKills; kill++)
        {
            using (var process = work.Start("store", "copy", "--to", target, "--json"))
            {
                await Task.Delay(whole * kill / Steps);
                process.Kill();
            }

            var status = await work.RunAsync("status", "--store", target, "--json");
            if (status.ExitCode == 0)
            {
                break;
            }

            if (status.ExitCode == 7)
            {
                if (refused++ == 0)
                {
                    await ShouldBeRefusedAsync(work, target);
                }
            }
            else
            {
                ((string?)status.ShouldExit(2).Json["error"]!["code"]).ShouldBeOneOf("store.missing", "namespace.missing");
            }
        }

        refused.ShouldBeGreaterThan(0, "no kill hit a copy that was under way");
        (await work.RunAsync("store", "copy", "--to", target, "--json")).ShouldExit(0);
        (await work.SyncAsync("docs", "--store", target)).ShouldBeNoOp();
        (await work.RunAsync("verify", "docs", "--store", target, "--json")).ShouldExit(0);
        (await work.ExportAsync("--store", target)).ShouldBe(await work.ExportAsync());
    }

    public static async Task ShouldBeRefusedAsync(Workspace work, string target)
    {
        foreach (var command in new string[][]
        {
            ["status"], ["sync", "docs"], ["plan", "docs"], ["search", "x"], ["list"], ["export"], ["verify"], ["verify", "--repair"],
            ["gc"], ["runs"], ["namespace", "list"], ["queue", "status"], ["worker", "--until-empty"],
            ["store", "copy", "--from", target, "--to", "sqlite:third.db"],
        })
        {
            var place = command is ["store", ..] ? [] : new[] { "--store", target };
            var refusal = (await work.RunAsync([.. command, .. place, "--json"])).ShouldFail(7, "store.unfinished");
            ((string)refusal["remedy"]!).ShouldContain("store copy");
        }
    }
}
