using Tidemark.Documents;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>What one call of <see cref="TidemarkIndex"/> that syncs or plans shall do.</summary>
public sealed record SyncOptions
{
    /// <summary>The name of the source that enumerated documents belong to; full cleanup works within it.</summary>
    public string SourceName { get; init; } = "documents";

    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>
    /// What happens to documents that are not listed. Null: each source's own default, which for enumerated documents is
    /// incremental.
    /// </summary>
    public CleanupMode? Cleanup { get; init; }

    /// <summary>Documents in one transaction; the result does not depend on it.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>Embed again what is listed, although nothing changed.</summary>
    public bool Force { get; init; }

    /// <summary>Read every item; do not trust change tokens.</summary>
    public bool Rehash { get; init; }

    /// <summary>
    /// Take what comes although its version or time is older than what is stored, or equal; of an id that repeats, the last.
    /// </summary>
    public bool IgnoreVersions { get; init; }

    /// <summary>Accept another chunker or embedder than the index was built with: build it anew, and let it answer then.</summary>
    public bool Rebuild { get; init; }

    /// <summary>Null: the guard of the index.</summary>
    public DeletionGuard? Guard { get; init; }

    /// <summary>The run ends before the request to the model that would exceed one of these.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;

    /// <summary>How long to wait for another run on the namespace; zero fails at once with <c>run.locked</c>.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Hears a few times a second where the run stands.</summary>
    public IProgress<SyncProgress>? Progress { get; init; }

    /// <summary>Hears of every document that changed and every item that failed, beside the observer of the index.</summary>
    public ISyncObserver? Observer { get; init; }
}
