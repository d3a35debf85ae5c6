using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Watching;

/// <summary>Where events cannot tell everything, that is said, and a listing finds the rest.</summary>
public sealed class WatchTroubleTests
{
    private const string QueueLimit = "/proc/sys/fs/inotify/max_queued_events";

    [Fact]
    public async Task Fifty_thousand_files_at_once_overflow_a_small_queue_and_are_all_found()
    {
        Assert.SkipUnless(CanWrite(QueueLimit), $"only root may write {QueueLimit}");
        using var work = new Workspace();
        var usual = await File.ReadAllTextAsync(QueueLimit, TestContext.Current.CancellationToken);
        WatchedFolder watched;
        try
        {
            // It counts when the watch begins.
            await File.WriteAllTextAsync(QueueLimit, "16", TestContext.Current.CancellationToken);
            watched = await WatchedFolder.StartAsync(work);
        }
        finally
        {
            await File.WriteAllTextAsync(QueueLimit, usual, CancellationToken.None);
        }

        using (watched)
        {
            // Stopped it reads no events, so that the queue overflows however fast it would have been.
            watched.Process.Signal("-STOP");
            Parallel.For(0, 100, folder =>
            {
                Directory.CreateDirectory(work.PathOf($"docs/{folder}"));
                for (var i = 0; i < 500; i++)
                {
                    File.WriteAllText(work.PathOf($"docs/{folder}/{i}.md"), $"berth {i} of {folder}");
                }
            });
            watched.Process.Signal("-CONT");

            await watched.SaysAsync("overflow:");
            await watched.InStepAsync();
            (await work.RunAsync("status", "--json")).ShouldExit(0).Json["documents"]!.GetValue<long>().ShouldBe(50_000);
            var report = await watched.StopAsync();
            ((long)report["fallbacks"]!["overflow"]!).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task Where_no_more_folders_may_be_watched_all_is_listed_every_ten_seconds()
    {
        using var work = new Workspace();
        for (var i = 0; i < 10; i++)
        {
            work.Write($"docs/{i}/a.md", $"berth {i}");
        }

        using var watched = WatchedFolder.Of(work, Namespace(work, "echo 4 > /proc/sys/user/max_inotify_watches; exec \"$0\" watch docs --verbose --json"));
        await watched.SaysAsync("limit: the system watches no more folders for this user");
        await watched.SaysAsync("watching:");

        for (var i = 0; i < 10; i++)
        {
            work.Write($"docs/{i}/a.md", $"changed {i}");
        }

        await watched.FindsAsync("changed", [.. Enumerable.Range(0, 10).Select(i => $"docs/{i}/a.md")]);
        await watched.InStepAsync();
    }

    [Fact]
    public async Task A_folder_that_goes_away_and_comes_back_loses_nothing()
    {
        using var watched = await WatchedFolder.StartAsync(new Workspace().Write("docs/a.md", "harbour").Write("docs/sub/b.md", "lighthouse"));
        var work = watched.Work;

        Directory.Move(work.PathOf("docs"), work.PathOf("away"));
        await watched.SaysAsync("root-lost:");
        await watched.SaysAsync("outage:");
        await watched.FindsAsync("harbour", "docs/a.md");

        work.Write("away/sub/b.md", "ferry");
        Directory.Move(work.PathOf("away"), work.PathOf("docs"));
        await watched.SaysAsync("recovery:");
        await watched.FindsAsync("ferry", "docs/sub/b.md");
        work.Write("docs/sub/b.md", "crane");
        await watched.FindsAsync("crane", "docs/sub/b.md");
        await watched.InStepAsync();
    }

    [Fact]
    public async Task A_file_system_that_is_unmounted_is_told()
    {
        using var work = new Workspace().Write("docs/a.md", "harbour").Write("docs/mnt/keep.md", "below");
        var shell = Namespace(
            work,
            "mount -t tmpfs none docs/mnt && echo lighthouse > docs/mnt/b.md || exit 99; \"$0\" watch docs --verbose & read go; umount docs/mnt; read go; kill -TERM $!; wait $!");
        using var watched = WatchedFolder.Of(work, shell);
        await watched.SaysAsync("watching:");
        await watched.FindsAsync("lighthouse", "docs/mnt/b.md");

        await shell.Input.WriteLineAsync();
        await shell.Input.FlushAsync(TestContext.Current.CancellationToken);

        await watched.SaysAsync("unmounted:");
        await watched.FindsAsync("below", "docs/mnt/keep.md");
        await watched.InStepAsync();
        await shell.Input.WriteLineAsync();
        (await shell.FinishAsync()).ShouldExit(130);
    }

    /// <summary>In namespaces of its own, where it is root.</summary>
    private static TidemarkProcess Namespace(Workspace work, string script) => TidemarkProcess.Start(
        work.Root, ["-Urm", "/bin/sh", "-c", script, TidemarkProcess.Executable], work.Environment, "/usr/bin/unshare");

    private static bool CanWrite(string file)
    {
        try
        {
            using var _ = File.OpenWrite(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
