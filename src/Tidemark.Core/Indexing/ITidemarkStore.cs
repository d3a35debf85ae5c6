using Tidemark.Archiving;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>The ports of one store, opened together.</summary>
public interface ITidemarkStore : IAsyncDisposable
{
    IRecordStore Records { get; }

    IRecordReader Reader { get; }

    IEmbeddingStore Embeddings { get; }

    /// <summary>What was paid for them.</summary>
    ICostLedger Ledger { get; }

    /// <summary>What the models refuse.</summary>
    IQuarantine Quarantine { get; }

    IVectorIndex Index { get; }

    IStoreMaintenance Maintenance { get; }

    /// <summary>Everything in it, to be moved to another store.</summary>
    IStoreArchive Archive { get; }
}
