using System.Diagnostics;
using Microsoft.Extensions.AI;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Sqlite;

namespace Tidemark.Bench.Providers;

/// <summary>What the pipeline itself costs: processor time for a text, with a model and a store that take none.</summary>
internal static class PipelineCost
{
    private const int Texts = 100_000;
    private const int Batch = 500;
    private const int Dimensions = 256;

    /// <returns>Microseconds of processor time a text, all threads together.</returns>
    public static async Task<double> MeasureAsync(CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await RunAsync(cancellationToken);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMicroseconds / Texts;
    }

    private static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var store = await SqliteStore.OpenEmptyAsync(TimeProvider.System, cancellationToken);
        var model = new EmbeddingModel
        {
            Space = new EmbeddingSpace("instant", Dimensions),
            Generator = new InstantGenerator(),
            Requests = new EmbeddingRequestOptions { Canary = false },
        };
        var ports = store.EmbeddingPorts(TimeProvider.System) with { Embeddings = new ForgetfulEmbeddings() };
        var pipeline = new EmbeddingPipeline(ports, model);
        var inputs = Enumerable.Range(0, Texts)
            .Select(i => $"The text number {i} of a long row of texts that nobody is going to read, and each is another one.")
            .Select(text => new EmbeddingInput(ContentHash.Of(text), text, default));
        await Task.WhenAll(inputs.Chunk(Batch).Select(batch => pipeline.EmbedAsync(batch, default, cancellationToken)));
    }

    private sealed class InstantGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        private static readonly float[] Vector = [.. Enumerable.Repeat(1 / 16f, Dimensions)];

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(Vector))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private sealed class ForgetfulEmbeddings : IEmbeddingStore
    {
        public ValueTask<IReadOnlyList<StoredEmbedding>> FindAsync(
            EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<StoredEmbedding>>([]);

        public ValueTask<IReadOnlySet<ContentHash>> ContainsAsync(
            EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlySet<ContentHash>>(new HashSet<ContentHash>());

        public ValueTask PutAsync(
            EmbeddingSpace space,
            IReadOnlyList<StoredEmbedding> embeddings,
            bool replace,
            EmbeddingReceipt receipt,
            CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
