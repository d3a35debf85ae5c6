using Shouldly;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Chroma;

/// <summary>Where vectors are indexed, said wrongly; no server is needed to be told so.</summary>
public sealed class IndexSettingTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("chroma")]
    [InlineData("chroma:")]
    [InlineData("chroma:localhost:8000/handbook")]
    [InlineData("chroma:ftp://localhost/handbook")]
    [InlineData("chroma:http://localhost:8000")]
    [InlineData("chroma:http://localhost:8000/ab")]
    [InlineData("chroma:http://localhost:8000/with space")]
    [InlineData("chroma:http://localhost:8000/handbook?color=red")]
    [InlineData("qdrant:http://localhost:6333/handbook")]
    [InlineData("chroma:http://me:secret-word@localhost:8000/handbook")]
    public async Task A_location_that_is_none_is_a_mistake_of_the_configuration(string location)
    {
        _work.Write("docs/a.md", "# A\n");

        var result = await _work.RunAsync("sync", "docs", "--index", location, "--json");

        result.ShouldFail(2, "configuration.invalid");
        (result.Output + result.Errors).ShouldNotContain("secret-word");
        Directory.Exists(_work.PathOf(".tidemark")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_first_sync_without_a_server_records_everything_and_says_that_the_index_lags()
    {
        _work.Write("docs/a.md", "# A\n\nAnchor.\n");

        var sync = await _work.SyncAsync(4, "docs", "--index", "chroma:http://127.0.0.1:9/handbook");

        sync.ShouldCount(added: 1).Outcome.ShouldBe("succeeded");
        var index = sync.Json["index"]!;
        ((long)index["pending"]!, (long)index["documents"]!, (string?)index["error"]!["code"]).ShouldBe((1, 1, "index.unavailable"));
        var found = (await _work.RunAsync("search", "anchor", "--mode", "keyword", "--json")).ShouldExit(0).Json;
        (found["hits"]!.AsArray().Count, (bool?)found["complete"]).ShouldBe((0, false));
        ((string?)found["warnings"]![0]!["code"]).ShouldBe("index.lagging");
        (await _work.RunAsync("search", "anchor", "--json")).ShouldFail(1, "index.unavailable");
        (await _work.RunAsync("namespace", "drop", "default", "--json")).ShouldFail(1, "index.unavailable");
        (await _work.RunAsync("namespace", "drop", "default", "--index", "store")).ShouldExit(0);
    }

    [Fact]
    public async Task What_answers_but_is_no_Chroma_is_said_so()
    {
        using var listener = LoopbackListener.Start(out var place);
        var served = Task.Run(
            async () =>
        {
            while (listener.IsListening)
            {
                var call = await listener.GetContextAsync();
                call.Response.StatusCode = 404;
                call.Response.Close();
            }
        },
            CancellationToken.None).ContinueWith(_ => { }, TaskScheduler.Default);
        _work.Write("docs/a.md", "# A\n");

        (await _work.RunAsync("sync", "docs", "--index", $"chroma:{place}handbook", "--json"))
            .ShouldFail(1, "index.refused");

        listener.Close(); // stopped first, it would take its port once more while it is disposed of
        await served;
    }
}
