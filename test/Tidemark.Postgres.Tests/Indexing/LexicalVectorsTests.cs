using Shouldly;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Postgres.Server;
using Tidemark.Searching;
using Tidemark.Verifying;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>Vectors of the offline embedder get no graph, however many they are: it would miss most of what is near.</summary>
public sealed class LexicalVectorsTests
{
    [Theory]
    [InlineData("hashing:16", 0)]
    [InlineData("other:16", 1)]
    public async Task Only_vectors_of_other_models_get_a_graph(string space, long graphs)
    {
        var schema = await TestServer.NewSchemaAsync();
        var model = HashingModel.Create(16);
        await using (var index = TidemarkIndex.Create(t => t
            .UsePostgres(TestServer.UrlOfSchema(schema), new PostgresStoreOptions { CreateIfMissing = true, GraphFrom = 100 })
            .UseEmbedder(model with { Space = new EmbeddingSpace(space, 16) })))
        {
            await index.SyncAsync(Documents(), cancellationToken: TestContext.Current.CancellationToken);
            (await CountAsync(schema)).ShouldBe(graphs);
            await TestServer.ExecuteAsync($"delete from {schema}.vectors_1", TestServer.Database);
            await index.VerifyAsync(new VerifyOptions { Repair = true }, TestContext.Current.CancellationToken);
            (await CountAsync(schema)).ShouldBe(graphs);
            var hits = (await index.SearchAsync(
                "harbour 77", new SearchOptions { Mode = Tidemark.Searching.SearchMode.Vector, Limit = 1 },
                TestContext.Current.CancellationToken)).Hits;
            hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("d77");
        }

        await TestServer.ExecuteAsync($"drop schema {schema} cascade", TestServer.Database);
    }

    private static Task<long> CountAsync(string schema) => TestServer.CountIndexesAsync(schema, "hnsw", "vectors");

    private static async IAsyncEnumerable<Document> Documents()
    {
        for (var i = 0; i < 300; i++)
        {
            await Task.Yield();
            yield return new Document { Id = $"d{i}", Text = $"harbour {i}" };
        }
    }
}
