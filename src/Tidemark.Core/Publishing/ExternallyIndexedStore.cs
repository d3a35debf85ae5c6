using Tidemark.Archiving;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Publishing;

/// <summary>
/// A store together with the external indexes that its namespaces may use. Namespaces whose index is in the store are
/// passed through as they are.
/// </summary>
public sealed class ExternallyIndexedStore : ITidemarkStore
{
    private readonly ITidemarkStore _store;

    /// <param name="store">Disposed of with this one.</param>
    /// <param name="indexes">Opens what the store's generations name.</param>
    public ExternallyIndexedStore(ITidemarkStore store, IExternalIndexes indexes)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(indexes);
        _store = store;
        ExternalIndexes = indexes;
        Index = new PublishedIndex(store, indexes);
        Maintenance = new PublishedMaintenance(store, indexes);
    }

    /// <inheritdoc/>
    public IExternalIndexes ExternalIndexes { get; }

    /// <inheritdoc/>
    public IVectorIndex Index { get; }

    /// <inheritdoc/>
    public IStoreMaintenance Maintenance { get; }

    /// <inheritdoc/>
    public IRecordStore Records => _store.Records;

    /// <inheritdoc/>
    public IRecordReader Reader => _store.Reader;

    /// <inheritdoc/>
    public IStoreMemory? Memory => _store.Memory;

    /// <inheritdoc/>
    public IPastReader Past => _store.Past;

    /// <inheritdoc/>
    public ISafeguards Safeguards => _store.Safeguards;

    /// <inheritdoc/>
    public IGoldenQueries Golden => _store.Golden;

    /// <inheritdoc/>
    public IServiceEntries ServiceEntries => _store.ServiceEntries;

    /// <inheritdoc/>
    public IErasure Erasure => _store.Erasure;

    /// <inheritdoc/>
    public IRecordCare Care => _store.Care;

    /// <inheritdoc/>
    public IEmbeddingStore Embeddings => _store.Embeddings;

    /// <inheritdoc/>
    public ICostLedger Ledger => _store.Ledger;

    /// <inheritdoc/>
    public IQuarantine Quarantine => _store.Quarantine;

    /// <inheritdoc/>
    public IStoreArchive Archive => _store.Archive;

    /// <inheritdoc/>
    public IChangeQueue Queue => _store.Queue;

    /// <inheritdoc/>
    public IQueuedChanges QueuedChanges => _store.QueuedChanges;

    /// <inheritdoc/>
    public IOutbox Outbox => _store.Outbox;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
