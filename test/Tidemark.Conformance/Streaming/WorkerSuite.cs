using Tidemark.Conformance.Queueing;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Streaming;

namespace Tidemark.Conformance.Streaming;

/// <summary>A queue, a worker and a model that remembers what it was asked.</summary>
public abstract class WorkerSuite : QueueSuite
{
    private SyncBench? _bench;

    protected SyncBench Bench => _bench ??= new SyncBench(Store);

    protected CountingGenerator Model => Bench.Generator;

    /// <summary>Rests nowhere, so that no test waits.</summary>
    protected static WorkerOptions Request { get; } = new()
    {
        UntilEmpty = true,
        Attempts = new AttemptRule(3, TimeSpan.Zero, TimeSpan.Zero),
    };

    protected Task<WorkerReport> WorkAsync(Func<WorkerOptions, WorkerOptions>? with = null, CancellationToken stop = default) =>
        new ChangeWorker(Store, Bench.Pipeline, TimeProvider.System).RunAsync(with?.Invoke(Request) ?? Request, stop);

    protected async Task<IReadOnlyDictionary<string, string>> IndexedAsync()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var chunk in Store.Reader.ChunksAsync(Namespace, null, withVectors: false, None))
        {
            texts[chunk.Document] = texts.GetValueOrDefault(chunk.Document, "") + chunk.Text;
        }

        return texts;
    }

    /// <summary>What a sync of the same changes gives in a store of its own.</summary>
    protected static Task<string> ExportOfSyncAsync(params DocumentChange[] changes) => ExportOfSyncsAsync(changes);

    protected static async Task<string> ExportOfSyncsAsync(params DocumentChange[][] syncs)
    {
        await using var fresh = new InMemory.InMemoryStore();
        var bench = new SyncBench(fresh);
        foreach (var changes in syncs)
        {
            await bench.SyncAsync(new ScriptedSource("docs", changes), request => request with { Cleanup = CleanupMode.None });
        }

        return await bench.ExportAsync();
    }

    protected Task<EnqueueResult> EnqueueManyAsync(int count, string text = "text of") =>
        EnqueueAsync([.. Enumerable.Range(0, count).Select(i => Upsert($"d{i:000}", $"{text} {i}"))]);
}
