using System.Diagnostics;
using Shouldly;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Watching;

/// <summary>What people and programs do with folders ends as a sync would leave it, without one.</summary>
public sealed class WatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_moved_and_deleted_is_followed_and_the_end_is_reported()
    {
        using var watched = await WatchedFolder.StartAsync(new Workspace().Write("docs/a.md", "harbour").Write("docs/guide/b.md", "lighthouse"));
        await watched.FindsAsync("harbour", "docs/a.md");

        watched.Work.Write("docs/guide/new/c.md", "ferry");
        await watched.FindsAsync("ferry", "docs/guide/new/c.md");
        watched.Work.Write("docs/guide/new/c.md", "ferry and crane");
        await watched.FindsAsync("crane", "docs/guide/new/c.md");
        Directory.Move(watched.Work.PathOf("docs/guide/new"), watched.Work.PathOf("docs/moved"));
        await watched.FindsAsync("crane", "docs/moved/c.md");
        watched.Work.Write("docs/moved/c.md", "winch");
        await watched.FindsAsync("winch", "docs/moved/c.md");
        watched.Work.Delete("docs/a.md");
        await watched.FindsAsync("harbour");
        await watched.InStepAsync();

        var report = await watched.StopAsync();
        ((long)report["documents"]!["updated"]!, (long)report["documents"]!["moved"]!).ShouldBe((2, 1));
        ((long)report["runs"]!).ShouldBeGreaterThan(4);
        ((long)report["completeRuns"]!).ShouldBeGreaterThan(0);
        watched.Log.ShouldContain("end: stopped after");
        var runs = (await watched.Work.RunAsync("runs", "--json")).ShouldExit(0).Json.AsArray();
        runs.ShouldAllBe(run => (string?)run!["command"] == "watch" && (string?)run["outcome"] == "succeeded");
    }

    [Fact]
    public async Task Editors_save_in_their_ways_and_each_save_embeds_one_text()
    {
        using var watched = await WatchedFolder.StartAsync(new Workspace().Write("docs/sub/a.md", "first"));
        var work = watched.Work;

        // Vim: a swap file, a probe, the old one aside, the new one written, the old one gone.
        work.Write("docs/sub/.a.md.swp", "noise").Write("docs/sub/4913", "").Delete("docs/sub/4913");
        work.Move("docs/sub/a.md", "docs/sub/a.md~").Write("docs/sub/a.md", "second").Delete("docs/sub/a.md~").Delete("docs/sub/.a.md.swp");
        await watched.FindsAsync("second", "docs/sub/a.md");

        // VS Code: in its place.
        await File.WriteAllTextAsync(work.PathOf("docs/sub/a.md"), "third", Token);
        await watched.FindsAsync("third", "docs/sub/a.md");

        // JetBrains: written beside, the old one aside, renamed, the old one gone.
        work.Write("docs/sub/a.md___jb_tmp___", "fourth").Move("docs/sub/a.md", "docs/sub/a.md___jb_old___");
        work.Move("docs/sub/a.md___jb_tmp___", "docs/sub/a.md").Delete("docs/sub/a.md___jb_old___");
        await watched.FindsAsync("fourth", "docs/sub/a.md");
        await watched.InStepAsync();

        var report = await watched.StopAsync();
        ((long)report["embedding"]!["inputs"]!).ShouldBe(4);
        ((await work.RunAsync("list", "--json")).ShouldExit(0).Json.AsArray().Count).ShouldBe(1);
    }

    [Fact]
    public async Task A_checkout_of_two_thousand_files_is_followed_there_and_back_and_back_costs_nothing()
    {
        using var work = new Workspace();
        for (var i = 0; i < 2_000; i++)
        {
            work.Write($"docs/{i % 40}/{i}.md", $"berth {i} of harbour one");
        }

        Git(work, "init", "-q");
        Git(work, "add", "-A");
        Git(work, "commit", "-q", "-m", "one");
        Git(work, "checkout", "-q", "-b", "two");
        for (var i = 0; i < 2_000; i++)
        {
            work.Write($"docs/{i % 40}/{i}.md", $"berth {i} of harbour two");
        }

        Git(work, "commit", "-q", "-a", "-m", "two");
        using var watched = await WatchedFolder.StartAsync(work);

        Git(work, "checkout", "-q", "-");
        await watched.InStepAsync();
        Git(work, "checkout", "-q", "two");
        await watched.InStepAsync();

        var report = await watched.StopAsync();
        ((long)report["embedding"]!["inputs"]!).ShouldBe(4_000);
        await work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task Folders_that_are_swapped_and_trees_that_are_moved_are_followed_and_watched_where_they_are_then()
    {
        using var watched = await WatchedFolder.StartAsync(new Workspace()
            .Write("docs/a/deep/er/1.md", "one").Write("docs/b/deep/er/2.md", "two").Write("outside/c/3.md", "three"));
        var work = watched.Work;
        Directory.Move(work.PathOf("docs/a"), work.PathOf("docs/t"));
        Directory.Move(work.PathOf("docs/b"), work.PathOf("docs/a"));
        Directory.Move(work.PathOf("docs/t"), work.PathOf("docs/b"));
        Directory.Move(work.PathOf("outside/c"), work.PathOf("docs/b/deep/c"));
        await watched.FindsAsync("three", "docs/b/deep/c/3.md");
        await watched.InStepAsync();

        work.Write("docs/a/deep/er/2.md", "two changed").Write("docs/b/deep/er/1.md", "one changed").Write("docs/b/deep/c/4.md", "four");
        await watched.FindsAsync("changed", "docs/a/deep/er/2.md", "docs/b/deep/er/1.md");
        await watched.FindsAsync("four", "docs/b/deep/c/4.md");

        Directory.Move(work.PathOf("docs/b/deep"), work.PathOf("outside/deep"));
        await watched.FindsAsync("four");
        work.Write("outside/deep/er/1.md", "nobody").Write("docs/a/deep/er/2.md", "last");
        await watched.FindsAsync("last", "docs/a/deep/er/2.md");
        await watched.InStepAsync();
        await watched.FindsAsync("nobody");
    }

    [Fact]
    public async Task What_is_ignored_is_not_watched_and_what_is_ignored_no_more_is()
    {
        using var work = new Workspace().Write("docs/.gitignore", "build/\n").Write("docs/a.md", "harbour");
        for (var i = 0; i < 50; i++)
        {
            work.Write($"docs/build/{i}/{i}.md", "noise");
        }

        Git(work, "init", "-q");
        using var watched = await WatchedFolder.StartAsync(work);
        watched.Log.ShouldContain("and 1 folder watched");

        work.Write("docs/.gitignore", "build/1*\n");
        await watched.SaysAsync("ignore-file:");
        await watched.FindsAsync("noise", [.. Enumerable.Range(0, 50).Where(i => !$"{i}".StartsWith('1')).Select(i => $"docs/build/{i}/{i}.md")]);
        work.Write("docs/build/2/2.md", "signal");
        await watched.FindsAsync("signal", "docs/build/2/2.md");
    }

    [Fact]
    public async Task A_link_inside_is_followed_whichever_of_its_names_changes()
    {
        using var watched = await WatchedFolder.StartAsync(new Workspace().Write("docs/real/a.md", "harbour"));
        Directory.CreateSymbolicLink(watched.Work.PathOf("docs/alias"), watched.Work.PathOf("docs/real"));
        await watched.FindsAsync("harbour", "docs/alias/a.md", "docs/real/a.md");

        watched.Work.Write("docs/real/a.md", "ferry");
        await watched.FindsAsync("ferry", "docs/alias/a.md", "docs/real/a.md");
        await watched.InStepAsync();
    }

    [Fact]
    public async Task Killed_at_any_moment_the_next_one_converges()
    {
        var work = new Workspace();
        for (var round = 0; round < 3; round++)
        {
            using var killed = work.Start("watch", "docs", "--verbose");
            Directory.CreateDirectory(work.PathOf("docs"));
            for (var i = 0; i < 300; i++)
            {
                work.Write($"docs/{i % 7}/{i}.md", $"berth {i} round {round}");
                if (i == 100 * round)
                {
                    await Awaiting.FactAsync("something is done", () => killed.HasExited || killed.ErrorsSoFar.Contains("run:", StringComparison.Ordinal));
                }
            }

            killed.Kill();
            work.Delete($"docs/{round}/{round}.md");
        }

        using var watched = await WatchedFolder.StartAsync(work);
        await watched.InStepAsync();
        await watched.StopAsync();
        await work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task Deletions_are_held_back_as_a_sync_would()
    {
        using var work = new Workspace();
        for (var i = 0; i < 30; i++)
        {
            work.Write($"docs/{(i < 20 ? "many" : "few")}/{i}.md", $"berth {i}");
        }

        using var watched = await WatchedFolder.StartAsync(work);
        work.Delete("docs/few/29.md");
        await watched.FindsAsync("29");

        Directory.Move(work.PathOf("docs/many"), work.PathOf("away"));
        await watched.SaysAsync("guard: held back 20 deletions of 'docs'");
        await watched.FindsAsync("7", "docs/many/7.md");

        // A folder with few of the documents may go, though all that it had are gone.
        Directory.Move(work.PathOf("away"), work.PathOf("docs/many"));
        await watched.InStepAsync();
        Directory.Delete(work.PathOf("docs/few"), recursive: true);
        await watched.InStepAsync();
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task A_signal_closes_the_run_that_is_under_way(string signal)
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        using var watched = await WatchedFolder.StartAsync(provider.Work);
        provider.Host.Reply = _ => new ProviderReply.Silence();
        var asked = provider.Host.Requests.Count;
        provider.Work.Write("docs/a.md", "harbour");
        await Awaiting.FactAsync("the provider is asked", () => provider.Host.Requests.Count > asked);

        var report = await watched.StopAsync(signal);

        ((string?)report["outcome"]).ShouldBe("cancelled");
        ((string?)(await provider.RunAsync("runs", "--json")).ShouldExit(0).Json[0]!["outcome"]).ShouldBe("cancelled");
    }

    [Fact]
    public async Task Another_run_is_waited_for()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        using var watched = await WatchedFolder.StartAsync(provider.Work, "--wait", "0.2");
        provider.Lines(5);
        var told = new TaskCompletionSource();
        provider.Host.Reply = _ => new ProviderReply.Late(told.Task, ProviderReply.Error(503));
        var asked = provider.Host.Requests.Count;
        using var other = provider.Work.Start("sync", "lines.jsonl", "--json");
        await Awaiting.FactAsync("the other run waits for the provider", () => provider.Host.Requests.Count > asked);

        provider.Work.Write("docs/a.md", "harbour");
        await watched.SaysAsync("outage:");
        other.Kill();
        provider.Host.Reply = _ => ProviderReply.Good;
        told.SetResult();

        await watched.SaysAsync("recovery:");
        await watched.FindsAsync("harbour", "docs/a.md");
    }

    [Fact]
    public async Task Only_folders_can_be_watched()
    {
        using var work = new Workspace().WriteLines("lines.jsonl", """{"id":"a","text":"b"}""");

        (await work.RunAsync("watch", "lines.jsonl", "--json")).ShouldFail(2, "usage");
        (await work.RunAsync("watch", "nowhere", "--json")).ShouldFail(2, "source.missing");
        Directory.Exists(work.PathOf(".tidemark")).ShouldBeFalse();
    }

    private static void Git(Workspace work, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", "user.name=t", "-c", "user.email=t@localhost", .. arguments])
        {
            WorkingDirectory = work.PathOf("docs"),
        })!;
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
    }
}
