using Shouldly;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A reader beside a run sees each document as it was or as it is, never anything between.</summary>
public sealed class ConcurrentReaderTests : IAsyncLifetime
{
    private const int Files = 60;

    /// <summary>Versions written at most until a reader comes between two batches.</summary>
    private const int Most = 40;

    /// <summary>A model that is asked over the wire: its batches are committed one by one, so that a reader can come between.</summary>
    private ProviderWorkspace _provider = null!;

    private Workspace _work = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await ProviderWorkspace.StartAsync();
        _provider.Host.Reply = _ => new ProviderReply.Vectors { Latency = TimeSpan.FromMilliseconds(5) };
        _work = _provider.Work;
        _work.Environment["TIDEMARK__EMBEDDING__BATCHSIZE"] = "1";
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Readers_see_whole_documents_while_they_are_updated()
    {
        Write(version: 1);
        await _work.SyncAsync("docs");
        var mixtures = 0;
        for (var version = 2; version <= 4 || (mixtures == 0 && version <= Most); version++)
        {
            Write(version);
            using var sync = _work.Start("sync", "docs", "--batch-size", "1", "--json");
            do
            {
                var versions = await SeenVersionsAsync();
                versions.ShouldBeSubsetOf([version - 1, version]);
                mixtures += versions.Count == 2 ? 1 : 0;
            }
            while (!sync.HasExited);

            new SyncOutcome((await sync.FinishAsync()).ShouldExit(0)).ShouldCount(updated: Files);
            (await SeenVersionsAsync()).ShouldBe([version]);
        }

        mixtures.ShouldBeGreaterThan(0, "no reader was quick enough to look while documents were being updated");
    }

    /// <summary>Every document is there, and all of its chunks together are one of its versions.</summary>
    private async Task<IReadOnlyList<int>> SeenVersionsAsync()
    {
        var documents = (await _work.RunAsync("export")).ShouldExit(0).JsonLines
            .GroupBy(l => (string)l["document"]!, l => (string)l["text"]!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, string.Concat, StringComparer.Ordinal);
        documents.Count.ShouldBe(Files);
        var seen = new SortedSet<int>();
        for (var i = 0; i < Files; i++)
        {
            var text = documents[$"docs/{i}.md"];
            var version = Enumerable.Range(1, Most).Where(v => string.Equals(text, Text(i, v), StringComparison.Ordinal));
            seen.Add(version.ShouldHaveSingleItem());
        }

        return [.. seen];
    }

    private void Write(int version)
    {
        for (var i = 0; i < Files; i++)
        {
            _work.Write($"docs/{i}.md", Text(i, version));
        }
    }

    private static string Text(int i, int version) => Prose.Markdown((version * 10_000) + i, sections: 3);
}
