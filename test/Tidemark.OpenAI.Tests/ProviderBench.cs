using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.OpenAI;
using Tidemark.ProviderServer;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.OpenAI.Tests;

/// <summary>A provider, an empty store, and an engine that brings documents from one into the other.</summary>
internal sealed class ProviderBench(ProviderHost host) : IAsyncDisposable
{
    public const string Key = "sk-test-4f9c0b7e";
    private const string Model = "test-model";

    public ProviderHost Host => host;

    public InMemoryStore Store { get; } = new();

    public SkippingClock Clock { get; init; } = new();

    /// <summary>Timeouts run out on the wall, so they are long unless a test is about them.</summary>
    public EmbeddingRequestOptions Requests { get; set; } = new() { Timeout = TimeSpan.FromHours(1) };

    public SpaceTraits Traits { get; set; } = SpaceTraits.None;

    public bool FloatEncoding { get; set; }

    public int BatchSize { get; set; } = 100;

    public int? Dimensions { get; set; } = 8;

    /// <summary>Ends a run.</summary>
    public CancellationToken Stop { get; set; }

    public Uri? BaseUrl { get; set; }

    public OpenAIOptions Options => new()
    {
        Model = Model,
        Dimensions = Dimensions,
        Traits = Traits,
        BaseUrl = BaseUrl ?? host.BaseUrl,
        Key = Key,
        FloatEncoding = FloatEncoding,
        BatchSize = BatchSize,
        Requests = Requests,
    };

    public EmbeddingModel EmbeddingModel => OpenAIModel.Create(Options, Clock);

    public EmbeddingSpace Space => EmbeddingModel.Space;

    /// <summary>Texts without the canary.</summary>
    public IEnumerable<string> Asked => host.Requests.SelectMany(request => request.Texts).Where(t => t != CanaryInput.Text);

    public static async Task<ProviderBench> StartAsync(bool isEncrypted = false) =>
        new(await ProviderHost.StartAsync(isEncrypted));

    public static DocumentChange[] Documents(int count, Func<int, string>? text = null) =>
        [.. Enumerable.Range(0, count).Select(i => ScriptedSource.Upsert($"d{i:0000}", text?.Invoke(i) ?? $"text number {i}"))];

    public Task<SyncReport> SyncAsync(params DocumentChange[] documents) => SyncAsync(documents, request => request);

    public Task<SyncReport> SyncAsync(
        DocumentChange[] documents, Func<SyncOptions, SyncOptions> with)
    {
        var pipeline = new SyncPipeline { Chunker = new ParagraphChunker("1"), Model = EmbeddingModel };
        var request = with(new SyncOptions
        {
            Sources = [new ScriptedSource("s", documents)],
            Guard = new DeletionGuard(long.MaxValue, 1),
        });
        return new SyncEngine(Store, pipeline, Clock).SyncAsync(request, Stop);
    }

    /// <summary>Every chunk that a query can find has the vector that the model gives for its text.</summary>
    public async Task<int> CountRightVectorsAsync()
    {
        var count = 0;
        await foreach (var chunk in Store.Reader.ChunksAsync("default", null, withVectors: true, CancellationToken.None))
        {
            var expected = ProviderVectors.Of(host.Weights, Traits.DocumentPrefix + chunk.Text, Space.Dimensions);
            Assert.Equal(expected, chunk.Vector!.Value.ToArray());
            count++;
        }

        return count;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
