using Tidemark.Archiving;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>
/// The reference model of a store: dictionaries and lists under one lock, obviously right and slow. Property tests compare
/// the real stores with it.
/// </summary>
public sealed class InMemoryStore : ITidemarkStore
{
    public InMemoryStore()
        : this(TimeProvider.System)
    {
    }

    public InMemoryStore(TimeProvider clock)
    {
        var state = new MemoryState(clock);
        Records = new MemoryRecordStore(state);
        var reader = new MemoryReader(state);
        Reader = reader;
        Past = new MemoryPast(state, reader);
        Safeguards = new MemorySafeguards(state);
        Golden = new MemoryGolden(state);
        ServiceEntries = new MemoryServiceEntries(state);
        Erasure = new MemoryErasure(state);
        Embeddings = new MemoryEmbeddings(state);
        Ledger = new MemoryLedger(state);
        Quarantine = new MemoryQuarantine(state);
        Index = new MemoryIndex(state);
        Maintenance = new MemoryMaintenance(state);
        Queue = new MemoryQueue(state);
        QueuedChanges = new MemoryQueuedChanges(state);
        Outbox = new MemoryOutbox(state);
    }

    public IRecordStore Records { get; }

    public IRecordReader Reader { get; }

    public IPastReader Past { get; }

    public ISafeguards Safeguards { get; }

    public IGoldenQueries Golden { get; }

    public IServiceEntries ServiceEntries { get; }

    public IErasure Erasure { get; }

    public IEmbeddingStore Embeddings { get; }

    public ICostLedger Ledger { get; }

    public IQuarantine Quarantine { get; }

    public IVectorIndex Index { get; }

    public IOutbox Outbox { get; }

    public IRecordCare Care { get; } = new MemoryCare();

    public IStoreMaintenance Maintenance { get; }

    public IChangeQueue Queue { get; }

    public IQueuedChanges QueuedChanges { get; }

    public IStoreArchive Archive => throw new NotSupportedException("The model has no tables.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
