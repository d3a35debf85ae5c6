using Tidemark.Documents;
using Tidemark.Queueing;

namespace Tidemark.Streaming;

/// <summary>What became of what was to be enqueued.</summary>
public sealed record EnqueueReport
{
    /// <summary>Whose queue.</summary>
    public required string Namespace { get; init; }

    /// <summary>Items listed, bad ones included.</summary>
    public long Seen { get; init; }

    /// <summary>What became of the changes; a tombstone of a source id counts with each document that it deletes.</summary>
    public EnqueueResult Changes { get; init; }

    /// <summary>Changes of what was forgotten; they are not written down.</summary>
    public long Forgotten { get; init; }

    /// <summary>Items that could not be taken.</summary>
    public long Failed { get; init; }

    /// <summary>The first thousand of them.</summary>
    public IReadOnlyList<ItemFailure> Errors { get; init; } = [];

    /// <summary>The queue afterwards.</summary>
    public QueueCounts Queue { get; init; } = QueueCounts.None;

    /// <summary>From the call to the report.</summary>
    public TimeSpan Elapsed { get; init; }
}
