using Tidemark.Documents;
using Tidemark.Embedding;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryEmbeddingStore(MemoryState state) : IEmbeddingStore
{
    public ValueTask<IReadOnlyList<StoredEmbedding>> FindAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var found = new List<StoredEmbedding>();
            foreach (var input in inputs)
            {
                if (state.Embeddings.TryGetValue((space.Name, input), out var stored))
                {
                    found.Add(new StoredEmbedding(input, stored.Vector));
                }
            }

            return ValueTask.FromResult<IReadOnlyList<StoredEmbedding>>(found);
        }
    }

    public ValueTask<IReadOnlySet<ContentHash>> ContainsAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlySet<ContentHash>>(
                inputs.Where(input => state.Embeddings.ContainsKey((space.Name, input))).ToHashSet());
        }
    }

    public ValueTask PutAsync(
        EmbeddingSpace space, IReadOnlyList<StoredEmbedding> embeddings, bool replace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            foreach (var (input, vector) in embeddings)
            {
                if (replace || !state.Embeddings.ContainsKey((space.Name, input)))
                {
                    state.Embeddings[(space.Name, input)] = (vector.ToArray(), DateTimeOffset.UtcNow);
                }
            }
        }

        return ValueTask.CompletedTask;
    }
}
