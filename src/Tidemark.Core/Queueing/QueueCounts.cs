namespace Tidemark.Queueing;

/// <summary>How many changes of a namespace are in its queue.</summary>
/// <param name="Pending">Due, or waiting for their next attempt; a lease that ended counts here.</param>
/// <param name="Leased">Claimed by a worker.</param>
/// <param name="Dead">Given up.</param>
public sealed record QueueCounts(long Pending, long Leased, long Dead)
{
    /// <summary>An empty queue.</summary>
    public static QueueCounts None { get; } = new(0, 0, 0);

    /// <summary>When the oldest of those that are pending or leased was enqueued; null: there is none.</summary>
    public DateTimeOffset? OldestAt { get; init; }
}
