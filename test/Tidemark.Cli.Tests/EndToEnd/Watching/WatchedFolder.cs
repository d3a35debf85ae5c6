using System.Text.Json.Nodes;
using Shouldly;

namespace Tidemark.Cli.Tests.EndToEnd.Watching;

/// <summary>A folder <c>docs</c> with the executable watching it.</summary>
internal sealed class WatchedFolder : IDisposable
{
    private readonly TidemarkProcess _watch;

    private WatchedFolder(Workspace work, TidemarkProcess watch) => (Work, _watch) = (work, watch);

    public Workspace Work { get; }

    public string Log => _watch.ErrorsSoFar;

    public TidemarkProcess Process => _watch;

    public static async Task<WatchedFolder> StartAsync(Workspace work, params string[] flags)
    {
        Directory.CreateDirectory(work.PathOf("docs"));
        var watched = new WatchedFolder(work, work.Start(["watch", "docs", "--json", "--verbose", .. flags]));
        await watched.SaysAsync("watching:");
        return watched;
    }

    /// <summary>Around another way of starting it.</summary>
    public static WatchedFolder Of(Workspace work, TidemarkProcess process) => new(work, process);

    public Task SaysAsync(string text) => Awaiting.FactAsync(
        $"the log says '{text}'; it says {Log}",
        () => Log.Contains(text, StringComparison.Ordinal)
            || (_watch.HasExited ? throw new InvalidOperationException($"it has ended: {Log}") : false));

    /// <summary>As a sync would leave it: source, records and index agree.</summary>
    public Task InStepAsync() => Awaiting.FactAsync($"the index is in step; the log says {Log}", async () =>
        (await Work.RunAsync("verify", "docs", "--json")) is { ExitCode: 0 } result && (bool)result.Json["inSync"]!);

    /// <summary>The word is found in that document, and nowhere else.</summary>
    public Task FindsAsync(string word, params string[] documents) => Awaiting.FactAsync($"'{word}' is found in {string.Join(", ", documents)}; the log says {Log}", async () =>
    {
        var found = await Work.RunAsync("search", word, "--mode", "keyword", "-k", "1000", "--json");
        return found.ExitCode == 0
            && found.Json["hits"]!.AsArray().Select(hit => (string)hit!["document"]!).Order().SequenceEqual(documents.Order(), StringComparer.Ordinal);
    });

    /// <summary>Ends it as Ctrl-C does.</summary>
    /// <returns>What it printed.</returns>
    public async Task<JsonNode> StopAsync(string signal = "-INT")
    {
        _watch.Signal(signal);
        return (await _watch.ExitAsync()).ShouldExit(130).Json;
    }

    public void Dispose()
    {
        _watch.Dispose();
        Work.Dispose();
    }
}
