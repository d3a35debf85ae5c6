using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Ctrl-C keeps what was committed; a rerun does the rest.</summary>
public sealed class CancellationTests : IDisposable
{
    private const int Lines = 20_000;

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Interrupted_it_ends_with_130_and_a_rerun_resumes()
    {
        var lines = Enumerable.Range(0, Lines)
            .Select(i => $$"""{"id":"{{i:D5}}","text":"{{Prose.Sentence(i)}}"}""").ToArray();
        using var process = _work.Start("sync", "-", "--batch-size", "100", "--json");

        // The input stays open, so the run cannot end by itself.
        await process.Input.WriteAsync(string.Join('\n', lines) + "\n");
        await process.Input.FlushAsync(TestContext.Current.CancellationToken);
        await SomethingIsCommittedAsync();
        process.Interrupt();
        var result = (await process.ExitAsync()).ShouldExit(130);

        new SyncOutcome(result).Outcome.ShouldBe("cancelled");
        var committed = (await _work.RunAsync("list", "--json")).Json.AsArray().Count;
        _work.WriteLines("lines.jsonl", lines);
        (await _work.SyncAsync("lines.jsonl")).ShouldCount(added: Lines - committed, skipped: committed);
        await _work.ShouldEqualFreshBuildAsync("lines.jsonl");
    }

    private async Task SomethingIsCommittedAsync()
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var status = await _work.RunAsync("status", "--json");
            if (status.ExitCode == 0 && (long)status.Json["documents"]! is > 0)
            {
                return;
            }
        }

        throw new TimeoutException("Nothing was committed while the input was open.");
    }
}
