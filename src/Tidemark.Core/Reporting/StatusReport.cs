using System.Collections.Immutable;
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

    /// <summary>When a worker looked at the queue last, to the minute, of those that run on and have not ended; null: there are none.</summary>
    public DateTimeOffset? WorkerSeen { get; init; }

    /// <summary>How late changes of premium documents are found; null: nothing else is promised of those.</summary>
    public FreshnessReport? Premium { get; init; }

    /// <summary>What of the documents somebody may want to look at.</summary>
    public DocumentFigures Figures { get; init; } = DocumentFigures.None;

    /// <summary>How many files of each ending the last complete listing left, because nothing reads them; <c>link</c> and <c>special</c> as in <see cref="Syncing.SyncReport.NotTaken"/>.</summary>
    public IReadOnlyDictionary<string, long> NotTaken { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Its sources, in ordinal order, and where those lay that were listed as a whole, as absolute paths; null: that is not known.</summary>
    public IReadOnlyList<(string Name, string? Place)> Sources { get; init; } = [];

    /// <summary>How the jobs stand that were asked about.</summary>
    public IReadOnlyList<JobReport> Jobs { get; init; } = [];

    /// <summary>How the feeds of databases stand, by source.</summary>
    public IReadOnlyList<FeedReport> Feeds { get; init; } = [];

    /// <summary>By what its vectors are searched; null: there are none, or the store searches all in one way.</summary>
    public IndexState? Vectors { get; init; }

    /// <summary>How far the external index is behind; null where the index is in the store.</summary>
    public IndexBacklog? Index { get; init; }

    /// <summary>Why the external index could not be looked at, or is not the one that was filled; null: it is there, or vectors are in the store.</summary>
    public TidemarkException? IndexFault { get; init; }
}
