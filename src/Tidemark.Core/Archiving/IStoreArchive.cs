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
    /// Fills an empty store, keys as they are, in one transaction: where it fails, the store is empty as before. From before the
    /// first row until <see cref="CompleteAsync"/> it is marked as unfinished: it cannot be opened for anything but copying into
    /// it again, which begins with making it empty. The index is to be rebuilt afterwards (<c>IVectorIndex.RepairAsync</c>).
    /// </summary>
    /// <returns>The number of this attempt.</returns>
    /// <exception cref="TidemarkException"><c>store.not-empty</c>; <c>run.locked</c>.</exception>
    ValueTask<long> WriteAsync(IAsyncEnumerable<IReadOnlyList<ArchiveRow>> pages, CancellationToken cancellationToken);

    /// <summary>Takes the mark away: what was written is a store from now on.</summary>
    /// <exception cref="TidemarkException"><c>store.copy</c>: another attempt has begun since.</exception>
    ValueTask CompleteAsync(long attempt, CancellationToken cancellationToken);
}
