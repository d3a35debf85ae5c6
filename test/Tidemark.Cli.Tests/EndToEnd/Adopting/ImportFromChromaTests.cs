using Shouldly;
using Tidemark.Cli.Tests.EndToEnd.Chroma;
using Tidemark.Searching;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>A collection of a real Chroma server that another program has filled.</summary>
public sealed class ImportFromChromaTests : IDisposable
{
    private const int Files = 40;

    private readonly ChromaServer _server = ChromaServer.Shared();
    private readonly Workspace _work = new();

    public void Dispose()
    {
        _server.Dispose();
        _work.Dispose();
    }

    [Fact]
    public async Task It_gives_the_index_that_a_fresh_sync_gives_with_the_same_answers()
    {
        Corpus.Create(_work, Files);
        (await _work.SyncAsync("docs", "--store", "sqlite:fresh.db")).Inputs.ShouldBeGreaterThan(Files);
        var chunks = await OriginWorkspace.ChunksAsync(_work, "sqlite:fresh.db");
        var collection = await ChromaOrigins.FillAsync(_server, chunks);

        var report = (await _work.RunAsync("import", "--from", "chroma", collection, "--json")).ShouldExit(0).Json;

        ((long)report["rows"]!, (long)report["sample"]!["inputs"]!).ShouldBe((chunks.Count, 3));
        (await _work.SyncAsync("docs")).ShouldEmbed(0).Reused.ShouldBe(chunks.Count);
        (await _work.ExportAsync("--vectors")).ShouldBe(await _work.ExportAsync("--vectors", "--store", "sqlite:fresh.db"));
        await ShouldAnswerAlikeAsync(queries: 100);
        (await _work.RunAsync("import", "--from", "chroma", collection + "x", "--json")).ShouldFail(2, ErrorCodes.SourceMissing);
        await _server.DropAsync(collection);
    }

    private async Task ShouldAnswerAlikeAsync(int queries)
    {
        await using var adopted = TidemarkIndex.Create(index => index.UseSqlite(_work.PathOf(Workspace.Database)).UseHashingEmbedder());
        await using var fresh = TidemarkIndex.Create(index => index.UseSqlite(_work.PathOf("fresh.db")).UseHashingEmbedder());
        for (var i = 0; i < queries; i++)
        {
            var query = Prose.Sentence((i % Files * 1000) + (i / Files));
            var (one, other) = (await TenAsync(adopted, query), await TenAsync(fresh, query));
            one.Count.ShouldBe(10);
            one.ShouldBe(other, query);
        }
    }

    private static async Task<IReadOnlyList<(string Document, int Ordinal, double Score)>> TenAsync(TidemarkIndex index, string query) =>
        [.. (await index.SearchAsync(query, new SearchOptions { Limit = 10 })).Hits.Select(hit => (hit.Chunk.Document, hit.Chunk.Ordinal, hit.Score))];
}
