using System.Globalization;
using System.Numerics.Tensors;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>A store of documents whose vectors lie around the centres of topics, as embeddings of real texts do.</summary>
internal sealed class TopicStore : IAsyncDisposable
{
    public const int Topics = 40;
    private const int Dimensions = 48;

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly EmbeddingSpace Space = new("topics:48", Dimensions);
    private readonly Dictionary<string, float[]> _vectors = new(StringComparer.Ordinal);
    private long _generation;

    private TopicStore(SelfRemovingStore store) => Store = store;

    public SelfRemovingStore Store { get; }

    /// <param name="graphFrom">From so many on there is a graph.</param>
    /// <param name="mostCompared">What a search compares of what passes a filter.</param>
    public static async Task<TopicStore> OpenAsync(int graphFrom, int mostCompared = 1_000_000) => new(await SelfRemovingStore.OpenAsync(
        TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true, GraphFrom = graphFrom, MostCompared = mostCompared }));

    /// <summary>New documents, in one run.</summary>
    /// <param name="beforeEnd">When all is applied, and the run has not ended.</param>
    public async Task AddAsync(int first, int count, Func<Task>? beforeEnd = null)
    {
        await using var session = await SessionAsync();
        var source = await session.Catalog.RegisterSourceAsync("s", None);
        var generation = session.Catalog.Namespace.Generation
            ?? await session.Catalog.CreateGenerationAsync(new PipelineIdentity("none", "text", Space.Name, Dimensions), follows: false, None);
        _generation = generation.Id;
        var run = await session.Catalog.BeginRunAsync(
            new RunRecord { Namespace = "default", Command = "sync", Sources = ["s"], StartedAt = DateTimeOffset.UnixEpoch }, None);
        foreach (var batch in Enumerable.Range(first, count).Chunk(500))
        {
            await session.ApplyAsync(
                new ApplyBatch(generation, run.Id, [.. batch.Select(i => PutOf(i, source.Key, 0))]) { MayBeCommittedLater = true }, None);
        }

        await session.CommitAsync(None);
        await (beforeEnd?.Invoke() ?? Task.CompletedTask);
        await session.BuildIndexesAsync(generation, () => { }, None);
        await session.Catalog.CompleteRunAsync(
            run with { FinishedAt = DateTimeOffset.UnixEpoch, Outcome = RunOutcome.Succeeded }, None);
    }

    /// <summary>Replaces a document's text and vector, or removes it, without a run that ends.</summary>
    public async Task ChangeAsync(int i, bool remove = false)
    {
        await using var session = await SessionAsync();
        var source = await session.Catalog.RegisterSourceAsync("s", None);
        var page = new DocumentGlance[1];
        using var listed = new Tidemark.Conformance.Support.TestPage(IdOf(i));
        await session.GlanceAsync(source.Key, listed, page, None);
        DocumentWrite write = remove
            ? new DocumentWrite.Remove
            {
                Id = IdOf(i),
                Key = page[0].Key,
                ExpectedSequence = page[0].Sequence,
                Source = source.Key,
                SourceId = IdOf(i),
                State = DocumentState.Removed,
            }
            : PutOf(i, source.Key, page[0].Sequence);
        await session.ApplyAsync(new ApplyBatch(session.Catalog.Namespace.Generation!, 0, [write]), None);
    }

    /// <summary>Removes documents that are there, at once.</summary>
    public async Task RemoveAsync(int first, int count)
    {
        await using var session = await SessionAsync();
        var source = await session.Catalog.RegisterSourceAsync("s", None);
        var removals = new List<DocumentWrite>();
        foreach (var id in Enumerable.Range(first, count).Select(IdOf))
        {
            var page = new DocumentGlance[1];
            using var listed = new Tidemark.Conformance.Support.TestPage(id);
            await session.GlanceAsync(source.Key, listed, page, None);
            removals.Add(new DocumentWrite.Remove
            {
                Id = id,
                Key = page[0].Key,
                ExpectedSequence = page[0].Sequence,
                Source = source.Key,
                SourceId = id,
                State = DocumentState.Removed,
            });
        }

        await session.ApplyAsync(new ApplyBatch(session.Catalog.Namespace.Generation!, 0, removals), None);
    }

    public async Task<IReadOnlyList<IndexHit>> SearchAsync(float[] query, MetadataFilter filter, int limit) =>
        (await AnswerAsync(query, filter, limit)).Hits;

    public async Task<VectorAnswer> AnswerAsync(float[] query, MetadataFilter filter, int limit) =>
        await Store.Index.SearchVectorAsync(new VectorQuery("default", _generation, query, limit, filter), None);

    /// <summary>The nearest documents, found by comparing all of them.</summary>
    /// <param name="passes">Of those that it lets through; null: of all.</param>
    public List<string> Exact(float[] query, int limit, Func<int, bool>? passes = null) =>
    [
        .. _vectors.Where(v => passes?.Invoke(int.Parse(v.Key, CultureInfo.InvariantCulture)) ?? true).OrderByDescending(v => TensorPrimitives.CosineSimilarity<float>(v.Value, query)).Take(limit).Select(v => v.Key),
    ];

    public float SimilarityOf(string id, float[] query) => TensorPrimitives.CosineSimilarity<float>(_vectors[id], query);

    public Task<long> CountAsync(string sql) => TestServer.ScalarAsync<long>(
        TestServer.Database, sql.Replace("SCHEMA", Store.Schema, StringComparison.Ordinal));

    /// <summary>Each has half of the topics.</summary>
    public static string TenantOf(int i) => i % Topics < Topics / 2 ? "first" : "second";

    public static string IdOf(int i) => i.ToString("d6", CultureInfo.InvariantCulture);

    public static float[] VectorOf(int i, long variant)
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

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private ValueTask<IRecordSession> SessionAsync() => Store.Records.OpenAsync(
        new SessionRequest("default", TimeSpan.Zero, ForPlan: false, KeepText: true), None);

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
                Metadata = DocumentMetadata.Of(("half", i % 2), ("topic", i % Topics), ("rare", i % 1_000 == 3 ? 1 : 0), ("tenant", TenantOf(i))),
            },
            Chunks = [new ChunkWrite { Input = ContentHash.Of(text), Occurrence = 0, Start = 0, Length = text.Length, Text = text, Vector = vector }],
        };
    }
}
