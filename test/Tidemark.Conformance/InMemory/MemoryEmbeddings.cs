using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryEmbeddings(MemoryState state) : IEmbeddingStore
{
    public ValueTask<IReadOnlyList<StoredEmbedding>> FindAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<StoredEmbedding>>(
            [
                .. from input in inputs
                   let vector = state.VectorOf(space.Name, input)
                   where vector is not null
                   select new StoredEmbedding(input, vector),
            ]);
        }
    }

    public ValueTask<IReadOnlySet<ContentHash>> ContainsAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlySet<ContentHash>>(
                inputs.Where(input => state.VectorOf(space.Name, input) is not null).ToHashSet());
        }
    }

    public ValueTask PutAsync(
        EmbeddingSpace space,
        IReadOnlyList<StoredEmbedding> embeddings,
        bool replace,
        EmbeddingReceipt receipt,
        CancellationToken cancellationToken)
    {
        if (embeddings.Any(embedding => embedding.Vector.Length != space.Dimensions))
        {
            throw new ArgumentException("a vector has other dimensions than its space", nameof(embeddings));
        }

        lock (state.Gate)
        {
            foreach (var embedding in embeddings)
            {
                state.Store(space, embedding, replace, receipt);
            }

            if (receipt.Usage is not { Requests: 0, Tokens: 0 })
            {
                state.Payments.Add((LedgerMonth.Of(state.Now), space.Name, receipt.Payment(replace)));
            }
        }

        return ValueTask.CompletedTask;
    }
}
