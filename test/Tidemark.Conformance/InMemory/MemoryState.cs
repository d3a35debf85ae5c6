using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>Everything the model holds, guarded by <see cref="Gate"/>.</summary>
internal sealed class MemoryState
{
    public Lock Gate { get; } = new();

    public SemaphoreSlim Lease { get; } = new(1, 1);

    public SortedDictionary<string, MemoryNamespace> Namespaces { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Space, ContentHash Input), (float[] Vector, DateTimeOffset StoredAt)> Embeddings { get; } = [];

    public List<RunRecord> Runs { get; } = [];

    public long NextChunk { get; set; }

    public long NextGeneration { get; set; }

    public MemoryNamespace? Find(string name) => Namespaces.GetValueOrDefault(name);
}
