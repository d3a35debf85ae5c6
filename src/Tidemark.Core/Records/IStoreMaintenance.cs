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
    /// after them then. What is live, or unknown, stays as it is. Embeddings that nothing else needs go too. A dry run only counts, without a lease.
    /// </summary>
    ValueTask<PurgeReport> PurgeAsync(
        string @namespace, IReadOnlyCollection<string> documents, TimeSpan wait, bool dryRun, CancellationToken cancellationToken);

    /// <summary>
    /// Removes embeddings that no chunk and no retained history needs, history that closed before <paramref name="history"/> and is under no
    /// legal hold, and runs and commits that nothing names any more; embeddings stored after <paramref name="embeddingsBefore"/> are spared.
    /// It goes by namespaces, in transactions that are short: what was done when it ends early, or is killed, stays done, and the next one goes
    /// on. Runs and workers of other namespaces never wait for it, a run of the same one for no longer than one of its transactions.
    /// </summary>
    /// <param name="history">Until when history may go, and runs.</param>
    /// <param name="embeddingsBefore">Younger ones are spared.</param>
    /// <param name="wait">How long to wait for a run that holds a namespace.</param>
    /// <param name="dryRun">Only count, without waiting for anybody.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    /// <exception cref="TidemarkException"><c>run.locked</c>.</exception>
    ValueTask<GarbageReport> CollectAsync(
        HistoryLimits history, DateTimeOffset embeddingsBefore, TimeSpan wait, bool dryRun, CancellationToken cancellationToken);

    /// <summary>
    /// Makes indexes anew that hold much that is gone, beside whoever reads and writes; what was killed at it before is cleared away.
    /// </summary>
    /// <param name="from">Those of which at least this share (0 to 1) is dead.</param>
    /// <param name="wait">How long to wait for writers, where they have to be waited for.</param>
    /// <param name="cancellationToken">Ends it; an index that was being made anew stays as it was.</param>
    /// <returns>How many.</returns>
    ValueTask<int> ReindexAsync(double from, TimeSpan wait, CancellationToken cancellationToken);
}
