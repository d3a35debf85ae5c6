using Tidemark.Documents;
using Tidemark.Embedding;

namespace Tidemark.Syncing;

/// <summary>An embedding store that adds up what one run's vectors were estimated at.</summary>
internal sealed class MeteredEmbeddings(IEmbeddingStore inner) : IEmbeddingStore
{
    private long _estimated;

    /// <summary>Estimated tokens of everything that was paid for, not calibrated.</summary>
    public long EstimatedTokens => Interlocked.Read(ref _estimated);

    public ValueTask<IReadOnlyList<StoredEmbedding>> FindAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken) =>
        inner.FindAsync(space, inputs, cancellationToken);

    public ValueTask<IReadOnlySet<ContentHash>> ContainsAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken) =>
        inner.ContainsAsync(space, inputs, cancellationToken);

    public ValueTask PutAsync(
        EmbeddingSpace space,
        IReadOnlyList<StoredEmbedding> embeddings,
        bool replace,
        EmbeddingReceipt receipt,
        CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _estimated, receipt.EstimatedTokens);
        return inner.PutAsync(space, embeddings, replace, receipt, cancellationToken);
    }
}
