using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>How a namespace stands.</summary>
/// <param name="Bytes">On disk, the whole store.</param>
/// <param name="Quarantine">What the model refuses.</param>
public sealed record StatusReport(
    NamespaceSummary Namespace,
    long Bytes,
    FreshnessReport Freshness,
    CostReport Cost,
    IReadOnlyList<Alert> Alerts,
    RunRecord? LastRun,
    IReadOnlyList<QuarantinedInput> Quarantine)
{
    /// <summary>What waits for a worker.</summary>
    public QueueCounts Queue { get; init; } = QueueCounts.None;

    /// <summary>How far the external index is behind; null where the index is in the store.</summary>
    public IndexBacklog? Index { get; init; }
}
