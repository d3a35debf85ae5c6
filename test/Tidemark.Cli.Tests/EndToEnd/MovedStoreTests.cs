using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A store that is moved away or swapped for another while a run writes to it is not reported as in step.</summary>
public sealed class MovedStoreTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("file moved")]
    [InlineData("folder moved")]
    [InlineData("file swapped")]
    [InlineData("folder swapped")]
    [InlineData("folder deleted")]
    public async Task It_is_noticed_and_what_stands_in_its_place_stays_as_it_is(string how)
    {
        _work.WriteLines("other.jsonl", """{"id":"other","text":"another store"}""");
        await _work.SyncAsync("other.jsonl", "--store", "sqlite:other/tidemark.db");
        using var process = _work.Start("sync", "-", "--batch-size", "100", "--json");
        await process.Input.WriteAsync(Lines("first", 20_000));
        await process.Input.FlushAsync(TestContext.Current.CancellationToken);
        await SomethingIsCommittedAsync();

        var before = Swap(how);
        await SendAsync(process, Lines("later", 1_000));
        var failure = (await process.FinishAsync()).ShouldFail(1, "store.moved");

        ((string)failure["message"]!).ShouldContain("tidemark.db");
        if (before is not null)
        {
            StoreFile.Fingerprint(_work.PathOf(Workspace.Database)).ShouldBe(before);
            (await _work.RunAsync("list", "--json")).Json.AsArray().Count.ShouldBe(1);
            await _work.VerifyCleanAsync("other.jsonl");
        }

        if (how.StartsWith("folder", StringComparison.Ordinal) && Directory.Exists(_work.PathOf("away")))
        {
            await _work.VerifyCleanAsync("--store", "sqlite:away/tidemark.db");
        }
    }

    /// <returns>The fingerprint of what took its place; null: nothing did.</returns>
    private string? Swap(string how)
    {
        var (place, other) = how.StartsWith("file", StringComparison.Ordinal)
            ? (".tidemark/tidemark.db", "other/tidemark.db")
            : (".tidemark", "other");
        if (how.EndsWith("deleted", StringComparison.Ordinal))
        {
            Directory.Delete(_work.PathOf(place), recursive: true);
            return null;
        }

        Directory.Move(_work.PathOf(place), _work.PathOf("away"));
        if (!how.EndsWith("swapped", StringComparison.Ordinal))
        {
            return null;
        }

        if (place.EndsWith(".db", StringComparison.Ordinal))
        {
            // The log of the one that was moved away does not belong to the one that comes.
            foreach (var rest in new[] { "-wal", "-shm" })
            {
                File.Move(_work.PathOf(place + rest), _work.PathOf("away" + rest));
            }
        }

        Directory.Move(_work.PathOf(other), _work.PathOf(place));
        return StoreFile.Fingerprint(_work.PathOf(Workspace.Database));
    }

    private static string Lines(string word, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"{{\"id\":\"{word}{i}\",\"text\":\"{word} {i}\"}}\n"));

    private static async Task SendAsync(TidemarkProcess process, string lines)
    {
        try
        {
            await process.Input.WriteAsync(lines);
        }
        catch (IOException)
        {
            // It has noticed and ended already.
        }
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
