using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Conformance.Support;

/// <summary>
/// Writes documents into a store the way the engine does, without deciding anything: each string is a chunk. One scribe
/// is one run on one namespace.
/// </summary>
public sealed class StoreScribe : IAsyncDisposable
{
    private readonly ITidemarkStore _store;

    private StoreScribe(ITidemarkStore store, IRecordSession session, SourceRecord source, GenerationRecord generation)
    {
        _store = store;
        Session = session;
        Source = source;
        Generation = generation;
    }

    public static PipelineIdentity Pipeline { get; } =
        new("none", "text", TestVector.Space.Name, TestVector.Dimensions);

    public IRecordSession Session { get; }

    public SourceRecord Source { get; }

    public GenerationRecord Generation { get; private set; }

    public RunRecord? Run { get; private set; }

    public static async Task<StoreScribe> OpenAsync(
        ITidemarkStore store, string @namespace = "default", string source = "docs", bool keepText = true,
        PipelineIdentity? pipeline = null)
    {
        var session = await store.Records.OpenAsync(
            new SessionRequest(@namespace, TimeSpan.Zero, ForPlan: false, keepText), CancellationToken.None);
        var registered = await session.Catalog.RegisterSourceAsync(source, CancellationToken.None);
        var generation = session.Catalog.Namespace.Generation
            ?? await session.Catalog.CreateGenerationAsync(pipeline ?? Pipeline, follows: false, CancellationToken.None);
        return new StoreScribe(store, session, registered, generation);
    }

    public async Task<RunRecord> BeginRunAsync(DateTimeOffset at, string command = "sync", long former = 0) =>
        Run = await Session.Catalog.BeginRunAsync(
            new RunRecord { Id = former, Namespace = "default", Command = command, Sources = [Source.Name], StartedAt = at },
            CancellationToken.None);

    public async Task<DocumentGlance> GlanceAsync(string id)
    {
        var glances = new DocumentGlance[1];
        using var page = new TestPage(id);
        await Session.GlanceAsync(Source.Key, page, glances, CancellationToken.None);
        return glances[0];
    }

    public async Task<DocumentRecord> LoadAsync(string id, bool withText = false) =>
        (await Session.LoadAsync([(await GlanceAsync(id)).Key], withText, CancellationToken.None))[0];

    /// <summary>Applies in one batch, after storing the vectors of all new chunks.</summary>
    public async Task<ApplyResult> ApplyAsync(params DocumentWrite[] writes)
    {
        var texts = writes.SelectMany(ChunksOf).Where(chunk => chunk.Text is not null).Select(chunk => chunk.Text!);
        await _store.Embeddings.PutAsync(
            TestVector.Space, [.. texts.Distinct(StringComparer.Ordinal).Select(TestVector.Stored)], replace: false, EmbeddingReceipt.None,
            CancellationToken.None);
        return await Session.ApplyAsync(new ApplyBatch(Generation, Run?.Id ?? 0, writes), CancellationToken.None);
    }

    /// <summary>Puts documents whole, whatever the store has of them.</summary>
    public async Task<ApplyResult> PutAsync(params (string Id, string[] Chunks)[] documents)
    {
        var writes = new List<DocumentWrite>();
        foreach (var (id, chunks) in documents)
        {
            writes.Add(await PutOfAsync(id, chunks));
        }

        return await ApplyAsync([.. writes]);
    }

    public Task<ApplyResult> PutAsync(string id, params string[] chunks) => PutAsync((id, chunks));

    /// <summary>The write of a document that keeps what chunks it can.</summary>
    public async Task<DocumentWrite.Put> PutOfAsync(string id, params string[] chunks)
    {
        var glance = await GlanceAsync(id);
        IReadOnlyList<ChunkRecord> former = glance.State == DocumentState.Live ? (await LoadAsync(id)).Chunks : [];
        return TestWrites.Put(id, Source.Key, chunks, glance.Sequence, former);
    }

    public async Task<ApplyResult> RemoveAsync(
        string id, DocumentState state = DocumentState.Removed, DocumentVersion version = default)
    {
        var glance = await GlanceAsync(id);
        return await ApplyAsync(TestWrites.Remove(id, Source.Key, glance, state, version));
    }

    public async Task<List<IndexedChunk>> ChunksAsync(string? document = null, bool withVectors = false)
    {
        var chunks = new List<IndexedChunk>();
        await foreach (var chunk in _store.Reader.ChunksAsync("default", document, withVectors, CancellationToken.None))
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    public async Task<List<LiveDocument>> LiveAsync(SourceKey? source = null, string prefix = "")
    {
        var live = new List<LiveDocument>();
        await foreach (var page in Session.ListLiveAsync(source, prefix, CancellationToken.None))
        {
            live.AddRange(page);
        }

        return live;
    }

    public async Task RebuildAsync(PipelineIdentity pipeline) =>
        Generation = await Session.Catalog.CreateGenerationAsync(pipeline, follows: false, CancellationToken.None);

    public ValueTask DisposeAsync() => Session.DisposeAsync();

    private static IEnumerable<ChunkWrite> ChunksOf(DocumentWrite write) => write switch
    {
        DocumentWrite.Put put => put.Chunks,
        DocumentWrite.Stage stage => stage.Chunks,
        _ => [],
    };
}
