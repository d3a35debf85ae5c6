using Tidemark.Archiving;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Conformance.Support;

/// <summary>A store whose searches stand still once between looking for vectors and looking for words.</summary>
internal sealed class PausingStore(ITidemarkStore store, Func<Task> meanwhile) : ITidemarkStore, IVectorIndex
{
    private Func<Task>? _meanwhile = meanwhile;

    public IRecordStore Records => store.Records;

    public IRecordReader Reader => store.Reader;

    public IPastReader Past => store.Past;

    public ISafeguards Safeguards => store.Safeguards;

    public IGoldenQueries Golden => store.Golden;

    public IServiceEntries ServiceEntries => store.ServiceEntries;

    public IErasure Erasure => store.Erasure;

    public IEmbeddingStore Embeddings => store.Embeddings;

    public ICostLedger Ledger => store.Ledger;

    public IQuarantine Quarantine => store.Quarantine;

    public IVectorIndex Index => this;

    public IOutbox Outbox => store.Outbox;

    public IRecordCare Care => store.Care;

    public IStoreMaintenance Maintenance => store.Maintenance;

    public IChangeQueue Queue => store.Queue;

    public IQueuedChanges QueuedChanges => store.QueuedChanges;

    public IStoreArchive Archive => store.Archive;

    public IIndexSnapshot Snapshot() => new PausingSnapshot(store.Index.Snapshot(), this);

    public ValueTask<bool> AnyAsync(long generation, MetadataFilter filter, CancellationToken cancellationToken) =>
        store.Index.AnyAsync(generation, filter, cancellationToken);

    public ValueTask TendAsync(string @namespace, CancellationToken cancellationToken) => store.Index.TendAsync(@namespace, cancellationToken);

    public ValueTask<IndexState?> StateAsync(string @namespace, CancellationToken cancellationToken) => store.Index.StateAsync(@namespace, cancellationToken);

    public ValueTask<IndexCheck> CheckAsync(string @namespace, CancellationToken cancellationToken) =>
        store.Index.CheckAsync(@namespace, cancellationToken);

    public ValueTask<long> RepairAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken) =>
        store.Index.RepairAsync(@namespace, wait, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class PausingSnapshot(IIndexSnapshot snapshot, PausingStore owner) : IIndexSnapshot
    {
        public async ValueTask<VectorAnswer> SearchVectorAsync(VectorQuery query, CancellationToken cancellationToken)
        {
            var answer = await snapshot.SearchVectorAsync(query, cancellationToken);
            if (Interlocked.Exchange(ref owner._meanwhile, null) is { } meanwhile)
            {
                await meanwhile();
            }

            return answer;
        }

        public ValueTask<KeywordAnswer> SearchKeywordAsync(KeywordQuery query, CancellationToken cancellationToken) =>
            snapshot.SearchKeywordAsync(query, cancellationToken);

        public ValueTask DisposeAsync() => snapshot.DisposeAsync();
    }
}
