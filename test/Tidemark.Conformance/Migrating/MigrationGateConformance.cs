using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.Judging;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Migrating;

/// <summary>Golden queries are asked of both generations, and what they speak against is not promoted. The model has one index.</summary>
[NotForTheModel]
public abstract class MigrationGateConformance : StoreConformance
{
    [Fact]
    public async Task A_generation_that_would_lose_what_must_be_found_is_not_promoted()
    {
        var index = await BeginAsync(salt: "other");
        var found = (await index.SearchAsync("unheard of")).Hits.Select(hit => hit.Chunk.Document).ToArray();
        await index.RecordGoldenAsync([QueryOf("unheard of", found)]);
        await index.StartMigrationAsync();

        var comparison = await index.ValidateMigrationAsync();
        var refused = await Should.ThrowAsync<TidemarkException>(() => index.PromoteMigrationAsync(new() { AcceptInconclusive = true }));

        (comparison.Outcome, comparison.Lost.Count).ShouldBe((GateOutcome.Block, 1));
        refused.Code.ShouldBe(ErrorCodes.MigrationBlocked);
        refused.Message.ShouldContain("unheard of");
        (await index.SearchAsync("unheard of")).Hits.Select(hit => hit.Chunk.Document).ShouldBe(found);
    }

    [Fact]
    public async Task One_that_answers_alike_is_promoted()
    {
        var index = await BeginAsync(salt: "");
        var found = (await index.SearchAsync("unheard of")).Hits.Select(hit => hit.Chunk.Document).ToArray();
        await index.RecordGoldenAsync([QueryOf("unheard of", found)]);
        await index.StartMigrationAsync();

        var comparison = await index.ValidateMigrationAsync();

        (comparison.Outcome, comparison.Active, comparison.Candidate, comparison.Overlap).ShouldBe((GateOutcome.Pass, 1, 1, 1));
        await index.PromoteMigrationAsync();
    }

    private static GoldenQuery QueryOf(string text, IEnumerable<string> expected) => new()
    {
        Query = text,
        Expected = [.. expected.Select(id => new GoldenAnswer(id))],
        Must = true,
    };

    private async Task<TidemarkIndex> BeginAsync(string salt)
    {
        var bench = new SyncBench(Store) { Clock = Clock };
        await bench.SyncAsync([.. Enumerable.Range(0, 60).Select(i => ScriptedSource.Upsert($"doc{i:00}", $"number {i}"))]);
        return TidemarkIndex.Create(index => index
            .UseStore(Store).UseClock(Clock).UseChunker(bench.Pipeline.Chunker)
            .UseEmbedder(ModelOf("next:32", salt)).AddEmbedder(ModelOf(bench.Space, "")));
    }

    private static EmbeddingModel ModelOf(string space, string salt) => new()
    {
        Space = new EmbeddingSpace(space, CountingGenerator.Dimensions),
        Generator = new CountingGenerator { Salt = salt },
        PricePerMillionTokens = 0,
    };
}
