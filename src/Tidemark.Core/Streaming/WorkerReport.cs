using Tidemark.Queueing;
using Tidemark.Syncing;

namespace Tidemark.Streaming;

/// <summary>What a worker did from its start to its end.</summary>
public sealed record WorkerReport
{
    /// <summary>All its runs added up; its number is that of the last one.</summary>
    public required SyncReport Total { get; init; }

    /// <summary>Its runs: the times that it was busy.</summary>
    public int Runs { get; init; }

    /// <summary>What became of the changes that it claimed.</summary>
    public ChangeCounts Changes { get; init; }

    /// <summary>The queue at the end.</summary>
    public QueueCounts Queue { get; init; } = QueueCounts.None;

    /// <summary>Whether it was told to stop.</summary>
    public bool IsStopped { get; init; }
}
