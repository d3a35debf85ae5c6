using System.Globalization;
using System.Numerics.Tensors;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>Searching by the HNSW index: close to exact, as many hits as asked for behind any filter, only live chunks.</summary>
public sealed class GraphTests : IAsyncLifetime
{
    private const int Count = 4_000;
    private const int Topics = 40;
    private const int Dimensions = 48;

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly EmbeddingSpace Space = new("topics:48", Dimensions);
    private readonly Dictionary<string, float[]> _vectors = new(StringComparer.Ordinal);
    private SelfRemovingStore _store = null!;
    private long _generation;

    public async ValueTask InitializeAsync()
    {
        _store = await SelfRemovingStore.OpenAsync(
            TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true, GraphFrom = 1_000 });
        await using var session = await _store.Records.OpenAsync(
            new SessionRequest("default", TimeSpan.Zero, ForPlan: false, KeepText: true), None);
        var source = await session.Catalog.RegisterSourceAsync("s", None);
        var generation = await session.Catalog.CreateGenerationAsync(new PipelineIdentity("none", "text", Space.Name, Dimensions), None);
        var run = await session.Catalog.BeginRunAsync(
            new RunRecord { Namespace = "default", Command = "sync", Sources = ["s"], StartedAt = DateTimeOffset.UnixEpoch }, None);
        foreach (var batch in Enumerable.Range(0, Count).Chunk(500))
        {
            await session.ApplyAsync(
                new ApplyBatch(generation, run.Id, [.. batch.Select(i => PutOf(i, source.Key, 0))]) { MayBeCommittedLater = true }, None);
        }

        await session.Catalog.CompleteRunAsync(
            run with { FinishedAt = DateTimeOffset.UnixEpoch, Outcome = RunOutcome.Succeeded }, None);
        _generation = generation.Id;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task The_index_is_built_at_the_end_of_the_run_that_makes_the_generation_large()
    {
        (await TestServer.ScalarAsync<long>(
            TestServer.Database,
            $"select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam "
            + $"join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{_store.Schema}' and i.indisvalid and a.amname = 'hnsw'"))
            .ShouldBe(1);
        (await TestServer.ScalarAsync<long>(
            TestServer.Database, $"select count(*) from pg_indexes where schemaname = '{_store.Schema}' and indexdef like '%gin (terms)'"))
            .ShouldBe(1);
    }

    [Fact]
    public async Task Its_recall_is_close_to_exact_and_scores_are_exact()
    {
        var found = 0;
        for (var query = 0; query < 50; query++)
        {
            var vector = VectorOf(100_000 + query, 0);
            var exact = Exact(vector, _ => true, 10);
            var hits = await SearchAsync(vector, MetadataFilter.None, 10);

            hits.Count.ShouldBe(10);
            hits.ShouldBe(hits.Order(HitOrder.Instance));
            hits.ShouldAllBe(hit => Math.Abs(hit.Score - TensorPrimitives.CosineSimilarity<float>(_vectors[hit.Chunk.Document], vector)) < 1e-5);
            found += hits.Select(hit => hit.Chunk.Document).Intersect(exact, StringComparer.Ordinal).Count();
        }

        (found / 500.0).ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [Theory]
    [InlineData("half", "1", 10)]
    [InlineData("half", "1", 300)]
    [InlineData("topic", "7", 10)]
    [InlineData("rare", "1", 4)]
    [InlineData("none", "1", 0)]
    public async Task Behind_any_filter_there_are_as_many_hits_as_asked_for(string key, string value, int limit)
    {
        var filter = new MetadataFilter([new MetadataCondition(key, [value])]);

        var hits = await SearchAsync(VectorOf(200_000, 0), filter, Math.Max(limit, 1));

        hits.Count.ShouldBe(limit);
        hits.ShouldAllBe(hit => MetadataMatcher.Matches(filter, System.Text.Encoding.UTF8.GetBytes(hit.Chunk.Metadata.Json)));
    }

    [Fact]
    public async Task Edited_and_deleted_chunks_are_not_found_any_more()
    {
        var query = VectorOf(42, 0);
        (await SearchAsync(query, MetadataFilter.None, 1)).Single().Chunk.Document.ShouldBe(IdOf(42));
        await using (var session = await _store.Records.OpenAsync(
            new SessionRequest("default", TimeSpan.Zero, ForPlan: false, KeepText: true), None))
        {
            var source = await session.Catalog.RegisterSourceAsync("s", None);
            var page = new DocumentGlance[1];
            using var listed = new TestPage(IdOf(42));
            await session.GlanceAsync(source.Key, listed, page, None);
            await session.ApplyAsync(
                new ApplyBatch(
                    session.Catalog.Namespace.Generation!, 0,
                    [PutOf(42, source.Key, page[0].Sequence)]),
                None);
        }

        var hits = await SearchAsync(query, MetadataFilter.None, 20);
        hits.Count.ShouldBe(20);
        hits.Count(hit => hit.Chunk.Document == IdOf(42)).ShouldBeLessThanOrEqualTo(1);
        (await _store.Index.CheckAsync("default", None)).IsClean.ShouldBeTrue();
    }

    private static string IdOf(int i) => i.ToString("d6", CultureInfo.InvariantCulture);

    /// <summary>Points around the centres of topics, as embeddings of real texts are.</summary>
    private static float[] VectorOf(int i, long variant)
    {
        var centre = new Random(i % Topics);
        var own = new Random(HashCode.Combine(i, variant));
        var vector = new float[Dimensions];
        for (var d = 0; d < Dimensions; d++)
        {
            vector[d] = (float)((centre.NextDouble() - 0.5) + (0.5 * (own.NextDouble() - 0.5)));
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    private DocumentWrite.Put PutOf(int i, SourceKey source, long expected)
    {
        var text = $"document {i} of topic {i % Topics}, written at {expected}";
        var vector = VectorOf(i, expected);
        _vectors[IdOf(i)] = vector;
        return new DocumentWrite.Put
        {
            Id = IdOf(i),
            ExpectedSequence = expected,
            Source = source,
            TextHash = ContentHash.Of(text),
            ChunksArePartition = true,
            Document = new Document
            {
                Id = IdOf(i),
                Text = text,
                Metadata = DocumentMetadata.Of(("half", i % 2), ("topic", i % Topics), ("rare", i % 1_000 == 3 ? 1 : 0)),
            },
            Chunks = [new ChunkWrite { Input = ContentHash.Of(text), Occurrence = 0, Start = 0, Length = text.Length, Text = text, Vector = vector }],
        };
    }

    private List<string> Exact(float[] query, Func<string, bool> choose, int limit) =>
    [
        .. _vectors.Where(v => choose(v.Key)).OrderByDescending(v => TensorPrimitives.CosineSimilarity<float>(v.Value, query))
            .Take(limit).Select(v => v.Key),
    ];

    private async Task<IReadOnlyList<IndexHit>> SearchAsync(float[] query, MetadataFilter filter, int limit) =>
        await _store.Index.SearchVectorAsync(new VectorQuery("default", _generation, query, limit, filter), None);
}
