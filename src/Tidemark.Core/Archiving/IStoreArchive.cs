namespace Tidemark.Archiving;

/// <summary>
/// Everything that a store holds and cannot make again from the rest: records with their history, embeddings, runs, what was
/// paid. The index is not among it.
/// </summary>
public interface IStoreArchive
{
    /// <summary>
    /// All rows of all <see cref="ArchiveTables"/>, one table after the other, in pages: one committed state, flat in memory.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<ArchiveRow>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Fills an empty store, keys as they are, in one transaction: where it fails, the store is empty as before. The index
    /// is to be rebuilt afterwards (<c>IVectorIndex.RepairAsync</c>).
    /// </summary>
    /// <exception cref="TidemarkException"><c>store.not-empty</c>; <c>run.locked</c>.</exception>
    ValueTask WriteAsync(IAsyncEnumerable<IReadOnlyList<ArchiveRow>> pages, CancellationToken cancellationToken);
}
