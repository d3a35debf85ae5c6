using System.Runtime.CompilerServices;

namespace Tidemark.Archiving;

/// <summary>
/// Everything that a store holds and cannot make again from the rest: records with their history, embeddings, runs, what was
/// paid. The index is not among it.
/// </summary>
public interface IStoreArchive
{
    /// <summary>Begins to read one committed state.</summary>
    ValueTask<IArchiveReading> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// All rows of all <see cref="ArchiveTables"/>, one table after the other, in pages: one committed state, flat in memory.
    /// </summary>
    async IAsyncEnumerable<IReadOnlyList<ArchiveRow>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reading = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var held = reading.ConfigureAwait(false);
        foreach (var table in ArchiveTables.All)
        {
            await foreach (var page in reading.RowsAsync(table, cancellationToken).ConfigureAwait(false))
            {
                yield return page;
            }
        }
    }

    /// <summary>
    /// Begins to fill an empty store, or goes on with one that was begun. From before the first row until <see cref="CompleteAsync"/> it is marked as
    /// unfinished: it cannot be opened for anything but copying into it. The index is to be rebuilt afterwards (<c>IVectorIndex.RepairAsync</c>).
    /// </summary>
    /// <exception cref="TidemarkException"><c>store.not-empty</c>; <c>run.locked</c>.</exception>
    ValueTask<IArchiveFilling> FillAsync(CancellationToken cancellationToken);

    /// <summary>Takes the mark away: what was written is a store from now on.</summary>
    /// <exception cref="TidemarkException"><c>store.copy</c>: another attempt has begun since.</exception>
    ValueTask CompleteAsync(long attempt, CancellationToken cancellationToken);
}
