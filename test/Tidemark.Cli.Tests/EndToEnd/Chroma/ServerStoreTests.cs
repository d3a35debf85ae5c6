using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Chroma;

/// <summary>Records in PostgreSQL, vectors in Chroma, and a worker between a queue and both.</summary>
public sealed class ServerStoreTests : IDisposable
{
    private readonly Workspace _work = new();
    private readonly ChromaServer _server = ChromaServer.Shared();

    public void Dispose()
    {
        _server.Dispose();
        _work.Dispose();
    }

    [Fact]
    public async Task Two_servers_hold_one_index()
    {
        var database = Environment.GetEnvironmentVariable("TIDEMARK_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(database), "There is no PostgreSQL: run eng/services, or set TIDEMARK_TEST_POSTGRES.");
        var space = $"e2e-{Environment.ProcessId}-{DateTime.UtcNow.Ticks:x}";
        string[] store = ["--store", $"{database}?schema=tidemark_e2e", "--namespace", space];
        var location = _server.NewCollection();
        _work.Write("docs/a.md", "# A\n\nThe lantern is green.\n").Write("docs/b.md", "# B\n\nThe anchor is heavy.\n");
        try
        {
            await _work.SyncAsync(["docs", "--index", location, .. store]);
            _work.Write("docs/a.md", "# A\n\nThe lantern is red.\n").Move("docs/b.md", "docs/c.md");
            (await _work.SyncAsync(["docs", .. store])).ShouldCount(added: 1, updated: 1, deleted: 1);
            _work.WriteLines("more.jsonl", """{"id":"d","source_id":"d","text":"The buoy is yellow."}""");
            (await _work.RunAsync(["enqueue", "more.jsonl", .. store])).ShouldExit(0);
            (await _work.RunAsync(["worker", "--until-empty", .. store])).ShouldExit(0);

            await _work.VerifyCleanAsync(store);
            (await _server.CountAsync(location)).ShouldBe(3);
            var hits = (await _work.RunAsync(["search", "lantern buoy", "--mode", "vector", "--json", .. store])).Output;
            hits.ShouldContain("lantern is red");
            hits.ShouldContain("buoy is yellow");
            hits.ShouldNotContain("green");
        }
        finally
        {
            await _work.RunAsync(["namespace", "drop", space, .. store]);
        }

        (await _server.ExistsAsync(location)).ShouldBeFalse();
    }
}
