using Tidemark.Records;

namespace Tidemark.Queueing;

/// <summary>
/// Changes that wait for a worker, durable, one for each document of a source: one that comes while another waits takes its
/// place, unless it is older. A claim is a lease; a change leaves the queue in the transaction that carries it out
/// (<see cref="DocumentWrite.Lease"/>). All times are the store's. Safe for concurrent use, by any number of processes.
/// </summary>
public interface IChangeQueue
{
    /// <summary>Takes all changes, in their order, or none. The namespace is made if there is none.</summary>
    /// <param name="mostWaiting">
    /// Refused if more documents than this would have a change waiting or leased; one that takes another's place needs no room.
    /// </param>
    /// <exception cref="TidemarkException"><c>queue.full</c>; nothing was taken.</exception>
    ValueTask<EnqueueResult> EnqueueAsync(
        string @namespace, IReadOnlyList<SourceChange> changes, long mostWaiting, CancellationToken cancellationToken) =>
        EnqueueAsync(@namespace, changes, mostWaiting, checkpoint: null, cancellationToken);

    /// <summary>The same with how far whoever brings them has come; there may be no changes.</summary>
    /// <param name="namespace">Whose queue it is.</param>
    /// <param name="changes">In their order.</param>
    /// <param name="mostWaiting">As above.</param>
    /// <param name="checkpoint">Written in the same transaction; null: none.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <exception cref="TidemarkException">
    /// <c>queue.full</c>, or <c>feed.taken</c>: the checkpoint that is there is not the one expected. Nothing was taken.
    /// </exception>
    ValueTask<EnqueueResult> EnqueueAsync(
        string @namespace,
        IReadOnlyList<SourceChange> changes,
        long mostWaiting,
        QueueCheckpoint? checkpoint,
        CancellationToken cancellationToken);

    /// <summary>
    /// Leases the changes that are due: by priority, then by how long they have been due. No other claim gets them until
    /// <see cref="ClaimRequest.Visibility"/> is over.
    /// </summary>
    ValueTask<IReadOnlyList<ClaimedChange>> ClaimAsync(
        string @namespace, ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>Makes the leases that still hold last for <paramref name="visibility"/> from now.</summary>
    /// <returns>How many those are.</returns>
    ValueTask<int> RenewAsync(
        string @namespace, IReadOnlyCollection<ChangeLease> leases, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>
    /// Says what became of claimed changes that no write carried out. What came for the same document since then stays,
    /// due at once and without a failed attempt. A lease that is lost is passed over.
    /// </summary>
    /// <returns>How many leases still held.</returns>
    ValueTask<int> SettleAsync(
        string @namespace, IReadOnlyList<ChangeSettlement> settlements, CancellationToken cancellationToken);

    /// <summary>Waits until a change is due.</summary>
    /// <param name="horizon">As <see cref="ClaimRequest.Horizon"/>.</param>
    /// <returns>False: none was within <paramref name="most"/>.</returns>
    ValueTask<bool> WaitAsync(string @namespace, TimeSpan most, TimeSpan horizon, CancellationToken cancellationToken);
}
