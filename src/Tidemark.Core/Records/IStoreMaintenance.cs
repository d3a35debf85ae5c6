namespace Tidemark.Records;

/// <summary>What keeps a store small and tidy.</summary>
public interface IStoreMaintenance
{
    /// <summary>Bytes on disk, all files together.</summary>
    ValueTask<long> SizeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Gives room that nothing uses any more back, as far as the store can; what is in it stays as it is. Readers go on meanwhile. A store
    /// in one file is written anew for it, which takes as much free room again and keeps writers waiting; a server frees the room for what
    /// comes, and gives only what is empty at the ends of its files back to the system.
    /// </summary>
    /// <param name="wait">How long to wait for writers, where they have to wait for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TidemarkException"><c>run.locked</c>, <c>store.full</c>; nothing was lost.</exception>
    ValueTask CompactAsync(TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Removes a namespace with everything it holds, under its lease; embeddings stay until collected.</summary>
    ValueTask DropNamespaceAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>
    /// Removes former states and closed chunks of documents that are gone, in one transaction, under the namespace's lease; the past begins
    /// after them then. What is live, or unknown, stays as it is. Embeddings stay until collected. A dry run only counts, without a lease.
    /// </summary>
    ValueTask<PurgeReport> PurgeAsync(
        string @namespace, IReadOnlyCollection<string> documents, TimeSpan wait, bool dryRun, CancellationToken cancellationToken);

    /// <summary>
    /// Removes embeddings that no chunk and no retained history needs, and history that closed before
    /// <paramref name="history"/> and is under no legal hold; embeddings stored after <paramref name="embeddingsBefore"/> are spared.
    /// </summary>
    ValueTask<GarbageReport> CollectAsync(
        HistoryLimits history, DateTimeOffset embeddingsBefore, bool dryRun, CancellationToken cancellationToken);
}
