using Tidemark.Documents;

namespace Tidemark.Syncing;

/// <summary>What one run shall do.</summary>
public sealed record SyncRequest
{
    /// <summary>What is synced; made if there is none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>What is listed, in this order; one run covers them all.</summary>
    public required IReadOnlyList<IDocumentSource> Sources { get; init; }

    /// <summary>Null: each source's own default.</summary>
    public CleanupMode? Cleanup { get; init; }

    /// <summary>Documents in one transaction; the result does not depend on it.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>Embed again what is listed, although nothing changed.</summary>
    public bool Force { get; init; }

    /// <summary>Read every item; do not trust change tokens.</summary>
    public bool Rehash { get; init; }

    /// <summary>Read whole what is stored of each document, and write it anew where it is damaged.</summary>
    public bool ChecksStored { get; init; }

    /// <summary>
    /// Take what comes although its version or time is older than what is stored, or equal; of an id that repeats, the last.
    /// </summary>
    public bool IgnoreVersions { get; init; }

    /// <summary>
    /// What must be stored of some documents, by id: where it is not, the run ends with a <see cref="ConflictException"/> before
    /// the document's batch is written. Null: nothing is expected. With it every item is read.
    /// </summary>
    public IReadOnlyDictionary<string, DocumentExpectation>? Expected { get; init; }

    /// <summary>Single documents are written, nothing is listed: such a run says nothing of how fresh the index is.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Accept a changed pipeline: build a new generation and let it answer.</summary>
    public bool Rebuild { get; init; }

    /// <summary>Deletes, tombstones and expiry are refused.</summary>
    public bool AppendOnly { get; init; }

    /// <summary>What holds suspiciously many deletions back.</summary>
    public DeletionGuard Guard { get; init; } = DeletionGuard.Default;

    /// <summary>The run ends before the request that would exceed one of these.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;

    /// <summary>Do exactly what this says, or nothing; null: whatever there is to do.</summary>
    public ApprovedPlan? Approved { get; init; }

    /// <summary>How long to wait for another run.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Keep a document's text where its chunks do not add up to it.</summary>
    public bool KeepText { get; init; } = true;

    /// <summary>Null: nobody listens.</summary>
    public ISyncObserver? Observer { get; init; }

    /// <summary>Shown in the history: <c>sync</c>, <c>import</c>.</summary>
    public string Command { get; init; } = "sync";
}
