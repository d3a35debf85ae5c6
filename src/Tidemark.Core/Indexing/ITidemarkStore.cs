using Tidemark.Archiving;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>The ports of one store, opened together.</summary>
public interface ITidemarkStore : IAsyncDisposable
{
    /// <summary>What runs read and write.</summary>
    IRecordStore Records { get; }

    /// <summary>What everybody else reads.</summary>
    IRecordReader Reader { get; }

    /// <summary>What was.</summary>
    IPastReader Past { get; }

    /// <summary>Legal holds, and what was forgotten.</summary>
    ISafeguards Safeguards { get; }

    /// <summary>Golden queries, and what they got.</summary>
    IGoldenQueries Golden { get; }

    /// <summary>What a service remembers beside the index.</summary>
    IServiceEntries ServiceEntries { get; }

    /// <summary>What removes every trace.</summary>
    IErasure Erasure { get; }

    /// <summary>Vectors by content.</summary>
    IEmbeddingStore Embeddings { get; }

    /// <summary>What was paid for them.</summary>
    ICostLedger Ledger { get; }

    /// <summary>What the models refuse.</summary>
    IQuarantine Quarantine { get; }

    /// <summary>What queries read.</summary>
    IVectorIndex Index { get; }

    /// <summary>What external indexes have not got yet, and what of them may be found.</summary>
    IOutbox Outbox { get; }

    /// <summary>What opens the external indexes that its namespaces may use; null: their vectors are indexed in the store.</summary>
    IExternalIndexes? ExternalIndexes => null;

    /// <summary>What was last seen of this store, kept outside of it; null: that it went back to an older state is not noticed.</summary>
    IStoreMemory? Memory => null;

    /// <summary>What checks and mends records.</summary>
    IRecordCare Care { get; }

    /// <summary>What is done now and then: collecting garbage, dropping namespaces.</summary>
    IStoreMaintenance Maintenance { get; }

    /// <summary>Changes that wait for a worker.</summary>
    IChangeQueue Queue { get; }

    /// <summary>The same for whoever looks at them.</summary>
    IQueuedChanges QueuedChanges { get; }

    /// <summary>Everything in it, to be moved to another store.</summary>
    IStoreArchive Archive { get; }
}
