using Tidemark.Archiving;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Sqlite.Tests;

/// <summary>A store whose folder goes when it is closed.</summary>
internal sealed class SelfRemovingStore(TemporaryStore file, ITidemarkStore store) : ITidemarkStore
{
    public string Path => file.Path;

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

    public IVectorIndex Index => store.Index;

    public IOutbox Outbox => store.Outbox;

    public IRecordCare Care => store.Care;

    public IStoreMaintenance Maintenance => store.Maintenance;

    public Tidemark.Queueing.IChangeQueue Queue => store.Queue;

    public Tidemark.Queueing.IQueuedChanges QueuedChanges => store.QueuedChanges;

    public IStoreArchive Archive => store.Archive;

    public static async ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock)
    {
        var file = new TemporaryStore();
        return new SelfRemovingStore(file, await file.OpenAsync(clock));
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        file.Dispose();
    }
}
