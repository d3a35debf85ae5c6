using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.Embedding;
using Tidemark.Searching;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>
/// What every system that can be come from owes: with the chunker reproduced nothing is embedded and the answers are those of an index that was paid for; a wrong
/// claim takes nothing; what was forgotten does not come back. <c>TIDEMARK_IMPORT_FILES</c> sets the size (5,600 files are 50,000 chunks).
/// </summary>
public abstract class ImportOriginSuite : IDisposable
{
    protected const int Dimensions = 64;

    private const int Queries = 100, WrongClaims = 20;
    private const string Fresh = "sqlite:fresh.db";

    private static readonly int Files = TestNumber.Of("TIDEMARK_IMPORT_FILES", 40);

    private readonly Workspace _work = new();

    protected ImportOriginSuite() => _work.Environment["TIDEMARK__EMBEDDING__MODEL"] = $"hashing:{Dimensions}";

    public void Dispose()
    {
        _work.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<ImportOrigin> MakeAsync();

    [Fact]
    public async Task With_the_chunker_reproduced_nothing_is_embedded_and_a_hundred_answers_are_equal()
    {
        await using var origin = await MakeAsync();
        var chunks = await ChunksAsync(Files);
        await origin.FillAsync(chunks);
        var watch = Stopwatch.StartNew();

        var report = await ImportAsync(origin);

        TestContext.Current.TestOutputHelper?.WriteLine($"{chunks.Count} chunks imported in {watch.Elapsed.TotalSeconds:0.0} s");
        ((long)report["rows"]!, (long)report["sample"]!["inputs"]!).ShouldBe((chunks.Count, 3));
        ((long)report["taken"]! + (long)report["present"]!).ShouldBe(chunks.Count);
        (await _work.PlanAsync("docs")).Inputs.ShouldBe(0);
        (await _work.SyncAsync("docs")).ShouldEmbed(0).Reused.ShouldBe(chunks.Count);
        (await _work.ExportAsync("--vectors")).ShouldBe(await _work.ExportAsync("--vectors", "--store", Fresh));
        await ShouldAnswerAlikeAsync();
    }

    /// <summary>The texts were embedded with something before them that does not stand in them, or by another model altogether.</summary>
    [Fact]
    public async Task Twenty_of_twenty_wrong_claims_are_caught_and_take_nothing()
    {
        await using var origin = await MakeAsync();
        var chunks = await ChunksAsync(files: 4);
        using var model = HashingModel.Create(Dimensions).Generator;
        for (var claim = 0; claim < WrongClaims; claim++)
        {
            var before = claim % 2 == 0 ? $"passage {claim}: " : $"Title of the page, section {claim}\n\n";
            var wrong = await model.GenerateAsync(chunks.Select(chunk => before + (string)chunk["text"]!), cancellationToken: TestContext.Current.CancellationToken);
            await origin.FillAsync([.. chunks.Select((chunk, i) => With(chunk, wrong[i].Vector))]);
            _work.Environment["TIDEMARK__STORE"] = $"sqlite:claim-{claim}.db";

            (await _work.RunAsync(["import", .. origin.Call, "--json"])).ShouldFail(2, ErrorCodes.EmbeddingSpace);

            (await _work.PlanAsync("docs")).Inputs.ShouldBe(chunks.Count - 3, $"claim {claim}: nothing was taken but the three samples, which are the model's own");
        }
    }

    [Fact]
    public async Task What_was_forgotten_does_not_come_back_with_what_is_imported()
    {
        await using var origin = await MakeAsync();
        var chunks = await ChunksAsync(files: 6);
        await origin.FillAsync(chunks);
        var first = (string)chunks[0]["document"]!;
        (await _work.SyncAsync("docs")).Inputs.ShouldBe(chunks.Count);
        (await _work.RunAsync("forget", first)).ShouldExit(0);

        await ImportAsync(origin);

        ((long)(await _work.RunAsync("sync", "docs", "--json")).ShouldExit(0).Json["documents"]!["forgotten"]!).ShouldBe(1);
        _work.Documents(await _work.ExportAsync()).ShouldNotContain(first);
        (await _work.RunAsync("search", (string)chunks[0]["text"]!, "--json")).ShouldExit(0).Json["hits"]!.AsArray()
            .ShouldAllBe(hit => (string)hit!["document"]! != first);
    }

    /// <returns>Of an index that was built at full price.</returns>
    private async Task<IReadOnlyList<JsonNode>> ChunksAsync(int files)
    {
        Corpus.Create(_work, files);
        (await _work.SyncAsync("docs", "--store", Fresh)).Inputs.ShouldBeGreaterThan(files);
        return await OriginWorkspace.ChunksAsync(_work, Fresh);
    }

    private async Task<JsonNode> ImportAsync(ImportOrigin origin) => (await _work.RunAsync(["import", .. origin.Call, "--json"])).ShouldExit(0).Json;

    private static JsonNode With(JsonNode chunk, ReadOnlyMemory<float> vector)
    {
        var copy = chunk.DeepClone();
        copy["vector"] = new JsonArray([.. vector.ToArray().Select(x => (JsonNode)x)]);
        return copy;
    }

    private async Task ShouldAnswerAlikeAsync()
    {
        await using var adopted = TidemarkIndex.Create(index => index.UseSqlite(_work.PathOf(Workspace.Database)).UseHashingEmbedder(Dimensions));
        await using var fresh = TidemarkIndex.Create(index => index.UseSqlite(_work.PathOf("fresh.db")).UseHashingEmbedder(Dimensions));
        for (var i = 0; i < Queries; i++)
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
