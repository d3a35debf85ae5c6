namespace Tidemark.Queueing;

/// <summary>What became of changes that were enqueued.</summary>
/// <param name="Added">Documents that had no change waiting before.</param>
/// <param name="Coalesced">Took the place of a change that was waiting.</param>
/// <param name="Outdated">Older than the change that is waiting, which stays.</param>
public readonly record struct EnqueueResult(long Added, long Coalesced, long Outdated)
{
    /// <summary>The sum of two.</summary>
    public static EnqueueResult operator +(EnqueueResult a, EnqueueResult b) =>
        new(a.Added + b.Added, a.Coalesced + b.Coalesced, a.Outdated + b.Outdated);
}
