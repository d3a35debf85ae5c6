using System.Diagnostics;
using Shouldly;
using Tidemark.Cli.Tests.EndToEnd.Operations;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What is committed, as a source.</summary>
public sealed class GitTests : IDisposable
{
    private readonly Workspace _work = new();

    public GitTests()
    {
        _work.Environment["XDG_CACHE_HOME"] = _work.PathOf("cache");
        Git("init", "--quiet", "--initial-branch=main");
        Git("config", "user.name", "somebody");
        Git("config", "user.email", "somebody@example.org");
        _work.Write("handbook/docs/install.md", "# Install\n\nUnpack it.\n").Write("handbook/docs/use.md", "# Use\n\nRun it.\n").Write("handbook/other.md", "other\n");
        Commit();
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task The_documents_say_how_and_it_is_so()
    {
        var block = Runbook.BlocksOf("docs/sources.md")["git"];

        var output = await Runbook.RunTextAsync(_work.Root, block);

        output.ShouldContain("2 new");
        output.ShouldContain("1 moved");
        output.ShouldContain("embedded 0 of ");
        output.ShouldContain("handbook/docs/setup.md → handbook/docs/install.md");
    }

    [Fact]
    public async Task A_configured_tree_follows_its_branch_and_goes_on_where_its_folder_was()
    {
        _work.Write("tidemark.json", """{ "sources": { "handbook/docs": { "git": "handbook", "branch": "main", "path": "docs" } } }""");
        _work.Environment["TIDEMARK_TRUST"] = "1";
        await _work.SyncAsync("./handbook/docs", "--source-name", "handbook/docs");

        (await _work.SyncAsync()).ShouldCount(skipped: 2).ShouldEmbed(0);
        (await _work.SyncAsync()).ShouldBeNoOp();
        _work.Edit("handbook/docs/use.md", "Run it.", "Start it.");
        (await _work.SyncAsync()).ShouldBeNoOp();
        var first = Git("rev-parse", "HEAD").Trim();
        Commit();
        (await _work.SyncAsync()).ShouldCount(updated: 1, skipped: 1);
        (await _work.SyncAsync($"git:handbook@{first}//docs")).ShouldCount(updated: 1, skipped: 1).ShouldEmbed(0);
        await _work.VerifyCleanAsync($"git:handbook@{first}//docs");
        (await _work.SyncAsync()).ShouldCount(updated: 1, skipped: 1).ShouldEmbed(0);
        await _work.VerifyCleanAsync("git:handbook@main//docs");
    }

    [Fact]
    public async Task An_address_is_fetched_and_its_secrets_stand_nowhere()
    {
        var address = $"file://somebody:hunter2@localhost{_work.PathOf("handbook")}";

        (await _work.SyncAsync($"git:{address}@main//docs")).ShouldCount(added: 2);
        _work.Edit("handbook/docs/use.md", "Run it.", "Start it.");
        Commit();
        (await _work.SyncAsync($"git:{address}@main//docs")).ShouldCount(updated: 1, skipped: 1);
        (await _work.RunAsync("plan", $"git:{address}@main//docs", "--out", "p.json", "--json")).ShouldFail(2, "usage");
        var failure = await _work.RunAsync("sync", "git:https://somebody:hunter2@localhost:1/x", "--json");

        failure.ShouldFail(1, "source.unreadable");
        (failure.Output + failure.Errors).ShouldNotContain("hunter2");
        var status = await _work.RunAsync("status", "--plain");
        string.Concat(status.Output.Where(c => !char.IsWhiteSpace(c))).ShouldContain($"git:file://localhost{_work.PathOf("handbook")}//docs");
        foreach (var file in Directory.GetFiles(_work.Root, "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain("hunter2", Case.Sensitive, file);
        }
    }

    [Theory]
    [InlineData("git:--upload-pack=touch PWNED")]
    [InlineData("git:ext::sh -c 'touch PWNED'")]
    [InlineData("git:handbook@--output=PWNED")]
    [InlineData("git:handbook@main//../..")]
    [InlineData("git:")]
    public async Task What_would_be_an_option_or_a_program_is_refused(string source)
    {
        (await _work.RunAsync("sync", source, "--json")).ShouldFail(2, "usage");

        File.Exists(_work.PathOf("PWNED")).ShouldBeFalse();
        Directory.Exists(_work.PathOf(".tidemark")).ShouldBeFalse();
    }

    [Fact]
    public async Task Killed_at_any_instant_the_next_run_converges()
    {
        for (var i = 0; i < 300; i++)
        {
            _work.Write($"handbook/docs/many/{i}.md", $"# Page {i}\n\nThis is page number {i} of many.\n");
        }

        Commit();
        var watch = Stopwatch.StartNew();
        await _work.SyncAsync("git:handbook@main//docs", "--store", "sqlite:clean.db", "--batch-size", "20");
        var (whole, clean) = (watch.Elapsed, await _work.ExportAsync("--store", "sqlite:clean.db"));
        var random = new Random(Environment.ProcessId);
        for (var kill = 0; kill < 6; kill++)
        {
            var instant = TimeSpan.FromMilliseconds(random.NextDouble() * whole.TotalMilliseconds);
            var store = $"sqlite:killed-{kill}.db";
            using (var process = _work.Start("sync", "git:handbook@main//docs", "--store", store, "--batch-size", "20", "--json"))
            {
                await process.KillAfterAsync(instant);
            }

            await _work.SyncAsync("git:handbook@main//docs", "--store", store);
            (await _work.ExportAsync("--store", store)).ShouldBe(clean, $"killed at {instant}");
        }
    }

    private void Commit()
    {
        Git("add", "--all");
        Git("commit", "--quiet", "--message", "x");
    }

    private string Git(params string[] arguments)
    {
        var folder = Directory.CreateDirectory(_work.PathOf("handbook")).FullName;
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, string.Join(' ', arguments));
        return output;
    }
}
