using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>The ports of one store, opened together.</summary>
public interface ITidemarkStore : IAsyncDisposable
{
    IRecordStore Records { get; }

    IRecordReader Reader { get; }

    IEmbeddingStore Embeddings { get; }

    IVectorIndex Index { get; }

    IStoreMaintenance Maintenance { get; }
}
