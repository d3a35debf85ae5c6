using Tidemark.Embedding;

namespace Tidemark.Indexing;

/// <summary>Bundles of a store's ports.</summary>
public static class StorePorts
{
    /// <summary>What an embedding pipeline needs of a store.</summary>
    public static EmbeddingPorts EmbeddingPorts(this ITidemarkStore store, TimeProvider clock) =>
        new(store.Embeddings, store.Quarantine, store.Ledger, clock);
}
