using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What somebody expects of a command line without reading about it.</summary>
public sealed class MannersTests : IDisposable
{
    private readonly Workspace _work = new();

    public MannersTests() => _work.Write("docs/a.md", "# A\n\nThe lantern is green.\n");

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_plan_says_by_its_exit_code_whether_there_is_anything_to_do()
    {
        (await _work.RunAsync("plan", "docs", "--detailed-exitcode")).ShouldExit(8);
        (await _work.RunAsync("plan", "docs")).ShouldExit(0);
        await _work.SyncAsync("docs");
        (await _work.RunAsync("plan", "docs", "--detailed-exitcode", "--json")).ShouldExit(0);
        File.SetLastWriteTimeUtc(_work.PathOf("docs/a.md"), DateTime.UtcNow.AddHours(-1));
        (await _work.RunAsync("plan", "docs", "--detailed-exitcode")).ShouldExit(0);
        _work.Delete("docs/a.md").Write("docs/b.md", "# B\n\nText.\n");
        (await _work.RunAsync("plan", "docs", "--detailed-exitcode", "--json")).ShouldExit(8);
    }

    [Fact]
    public async Task Init_writes_down_the_store_that_it_was_told()
    {
        (await _work.RunAsync("init", "--store", "sqlite:elsewhere/my \"index\".db")).ShouldExit(0);

        (await _work.RunAsync("sync")).ShouldExit(0);

        File.Exists(_work.PathOf("elsewhere/my \"index\".db")).ShouldBeTrue();
        File.Exists(_work.PathOf(Workspace.Database)).ShouldBeFalse();
    }

    [Fact]
    public async Task Init_writes_down_the_index_the_namespace_and_the_model_that_it_was_told()
    {
        (await _work.RunAsync("init", "--namespace", "hand \"book\"", "--embedder", "hashing:64", "--index", "store")).ShouldExit(0);

        (await _work.RunAsync("sync")).ShouldExit(0);

        var status = (await _work.RunAsync("status", "--json")).ShouldExit(0).Json;
        status["namespace"]!.GetValue<string>().ShouldBe("hand \"book\"");
        status["generation"]!["space"]!.GetValue<string>().ShouldBe("hashing:64");
    }

    [Theory]
    [InlineData("--embedder", "nonsense:x")]
    [InlineData("--index", "nonsense:x")]
    [InlineData("--index", "chroma:http://user:hunter2@localhost:8000/x")]
    public async Task Init_writes_down_nothing_that_cannot_be(string option, string value)
    {
        var result = await _work.RunAsync("init", option, value, "--json");

        result.ShouldFail(2, ErrorCodes.ConfigurationInvalid);
        (result.Output + result.Errors).ShouldNotContain("hunter2");
        File.Exists(_work.PathOf("tidemark.json")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("nonsense:x")]
    [InlineData("postgres://user:hunter2@localhost/x")]
    public async Task Init_writes_down_no_store_that_cannot_be_and_no_password(string store)
    {
        var result = await _work.RunAsync("init", "--store", store, "--json");

        result.ShouldFail(2, ErrorCodes.ConfigurationInvalid);
        (result.Output + result.Errors).ShouldNotContain("hunter2");
        File.Exists(_work.PathOf("tidemark.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Garbage_collection_waits_for_another_run_as_everybody_does()
    {
        await _work.SyncAsync("docs");
        using var holder = _work.Start("sync", "-", "--json", "--namespace", "other", "--wait", "60");
        await holder.Input.WriteLineAsync("""{"id":"a","text":"x"}""");
        await holder.Input.FlushAsync(CancellationToken.None);
        await HeldAsync();

        (await _work.RunAsync("gc", "--json")).ShouldFail(6, ErrorCodes.RunLocked);
        using var waiting = _work.Start("gc", "--wait", "60", "--json");
        (await holder.FinishAsync()).ShouldExit(0);

        (await waiting.FinishAsync()).ShouldExit(0);
    }

    [Theory]
    [InlineData("60")]
    [InlineData("80")]
    public async Task Tables_and_help_keep_to_the_width_that_there_is(string columns)
    {
        for (var i = 0; i < 3; i++)
        {
            _work.Write("docs/a.md", $"# A\n\nThe lantern is green, edition {i}.\n");
            await _work.SyncAsync("docs");
        }

        _work.Environment["COLUMNS"] = columns;

        (await _work.RunAsync("runs")).ShouldExit(0).Output.Split('\n').ShouldAllBe(line => line.Length <= int.Parse(columns));
        var help = (await _work.RunAsync("--help")).ShouldExit(0).Output.Split("Examples:")[0];
        help.Split('\n').ShouldAllBe(line => line.Length <= int.Parse(columns));
    }

    /// <summary>Asking takes the store for a moment, too: whoever is to hold it must be willing to wait.</summary>
    private async Task HeldAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while ((await _work.RunAsync("gc", "--json")).ExitCode != 6)
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60), "nobody holds the store");
        }
    }
}
