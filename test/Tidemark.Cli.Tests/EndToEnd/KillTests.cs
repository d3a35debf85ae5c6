using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>
/// Killed at any instant, the next run converges to what a clean run gives, and no vector that was stored is asked for
/// again. <c>TIDEMARK_KILLS</c> sets how often each phase is killed; <c>eng/kill-loop</c> runs many.
/// </summary>
public sealed class KillTests
{
    private const int Files = 240;

    private static readonly int Kills = TestNumber.Of("TIDEMARK_KILLS", 4);

    private static readonly int Seed = TestNumber.Of("TIDEMARK_SEED", Environment.ProcessId);

    [Theory]
    [InlineData("first index")]
    [InlineData("update")]
    [InlineData("cleanup")]
    public async Task Killed_at_any_instant_the_next_run_converges(string phase)
    {
        using var work = new Workspace();
        Corpus.Create(work, Files);
        if (!string.Equals(phase, "first index", StringComparison.Ordinal))
        {
            await work.SyncAsync("docs");
            Change(work, phase);
        }

        string[] sync = ["docs", "--batch-size", "20", "--allow-delete"];
        var whole = await CleanRunAsync(work, sync);
        var random = new Random(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            var instant = TimeSpan.FromMilliseconds(random.NextDouble() * whole.TotalMilliseconds * 1.1);
            await KillAndRecoverAsync(work, sync, instant, $"{phase}, seed {Seed}, kill {kill} at {instant}");
        }
    }

    private static void Change(Workspace work, string phase)
    {
        if (string.Equals(phase, "update", StringComparison.Ordinal))
        {
            Corpus.Update(work, Files, round: 1);
        }
        else
        {
            Corpus.Thin(work, Files);
        }
    }

    /// <summary>Keeps the store as it is before the run, and leaves beside it what a clean run makes of it.</summary>
    private static async Task<TimeSpan> CleanRunAsync(Workspace work, string[] sync)
    {
        Copy(work, ".tidemark", "start");
        var watch = Stopwatch.StartNew();
        await work.SyncAsync(sync);
        watch.Stop();
        work.Write("clean.jsonl", await work.ExportAsync("--vectors"));
        await work.ShouldEqualFreshBuildAsync("docs");
        return watch.Elapsed;
    }

    private static async Task KillAndRecoverAsync(Workspace work, string[] sync, TimeSpan instant, string what)
    {
        Copy(work, "start", ".tidemark");
        var database = work.PathOf(Workspace.Database);
        using (var process = work.Start(["sync", .. sync, "--json"]))
        {
            await process.KillAfterAsync(instant);
        }

        var stored = File.Exists(database) && StoreFile.Tables(database).Contains("embedding")
            ? StoreFile.Scalar(database, "SELECT count(*) FROM embedding")
            : 0;
        var rerun = await work.SyncAsync(sync);

        (await work.ExportAsync("--vectors")).ShouldBe(await File.ReadAllTextAsync(work.PathOf("clean.jsonl"), CancellationToken.None), what);
        await work.VerifyCleanAsync("docs");
        StoreFile.Scalar(database, "SELECT count(*) FROM embedding").ShouldBe(stored + rerun.Inputs, what);
        StoreFile.Scalar(database, "SELECT count(*) FROM (SELECT DISTINCT space, input FROM embedding)")
            .ShouldBe(stored + rerun.Inputs, what);
        (await work.SyncAsync(sync)).ShouldBeNoOp();
    }

    private static void Copy(Workspace work, string from, string to)
    {
        if (Directory.Exists(work.PathOf(to)))
        {
            Directory.Delete(work.PathOf(to), recursive: true);
        }

        Directory.CreateDirectory(work.PathOf(to));
        if (Directory.Exists(work.PathOf(from)))
        {
            foreach (var file in Directory.GetFiles(work.PathOf(from)))
            {
                File.Copy(file, Path.Combine(work.PathOf(to), Path.GetFileName(file)));
            }
        }
    }
}
