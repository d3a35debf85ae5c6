using Tidemark.Documents;

namespace Tidemark.Embedding;

/// <summary>
/// Vectors by content: the key is the embedding space and the SHA-256 of the exact input. What was paid for is kept here
/// from the moment it arrives, so that a rename, a move, a revert or a lost index costs no call. Safe for concurrent use.
/// </summary>
public interface IEmbeddingStore
{
    /// <summary>Vectors of those inputs that are there, in any order; absent ones are left out.</summary>
    ValueTask<IReadOnlyList<StoredEmbedding>> FindAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken);

    /// <summary>Which of the inputs are there; the vectors are not read.</summary>
    ValueTask<IReadOnlySet<ContentHash>> ContainsAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken);

    /// <summary>
    /// Stores vectors durably; those that are there already stay (unless <paramref name="replace"/>). What the receipt says
    /// was paid is in the ledger afterwards, also where no vector came of it.
    /// </summary>
    ValueTask PutAsync(
        EmbeddingSpace space,
        IReadOnlyList<StoredEmbedding> embeddings,
        bool replace,
        EmbeddingReceipt receipt,
        CancellationToken cancellationToken);
}
