using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>
/// The reference model of a store: dictionaries and one lock, obviously correct, nothing durable. What an adapter does
/// must look the same from outside.
/// </summary>
public sealed class InMemoryStore : ITidemarkStore
{
    private readonly MemoryState _state = new();

    public IRecordStore Records => new MemoryRecordStore(_state);

    public IRecordReader Reader => new MemoryRecordReader(_state);

    public IEmbeddingStore Embeddings => new MemoryEmbeddingStore(_state);

    public IVectorIndex Index => new MemoryVectorIndex(_state);

    public IStoreMaintenance Maintenance => new MemoryMaintenance(_state);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
