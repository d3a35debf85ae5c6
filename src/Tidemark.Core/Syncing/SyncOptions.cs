using System.Collections.Frozen;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing.Rules;

namespace Tidemark.Syncing;

/// <summary>What one run, or a plan of it, shall do.</summary>
public sealed record SyncOptions
{
    /// <summary>What enumerated documents belong to where nothing is said.</summary>
    internal const string EnumeratedName = "documents";

    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    internal string NamespaceName => Namespace ?? NamespaceRecord.DefaultName;

    /// <summary>What is listed, in this order; one run covers them all. Null: the sources of the index.</summary>
    public IReadOnlyList<IDocumentSource>? Sources { get; init; }

    /// <summary>The name of the source that enumerated documents belong to; full cleanup works within it.</summary>
    public string SourceName { get; init; } = EnumeratedName;

    /// <summary>Null: each source's own default.</summary>
    public CleanupMode? Cleanup { get; init; }

    /// <summary>Documents in one transaction; the result does not depend on it.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>Embed again what is listed, although nothing changed.</summary>
    public bool Force { get; init; }

    /// <summary>Send again what the model refused in an earlier run; nothing else is embedded for it.</summary>
    public bool RetryRefused { get; init; }

    /// <summary>
    /// With <see cref="Rebuild"/>: documents of which the new model refuses a chunk leave the index, as if their source did not list
    /// them, and what it has of them now is taken. Without it the former generation stays as long as there is one.
    /// </summary>
    public bool DropRefused { get; init; }

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

    /// <summary>Deletes, tombstones and expiry are refused, as they are by an index that is append-only.</summary>
    public bool AppendOnly { get; init; }

    /// <summary>What holds for documents that say nothing themselves. Null: the policy of the index.</summary>
    public DocumentPolicy? Policy { get; init; }

    /// <summary>What holds suspiciously many deletions back. Null: the guard of the index.</summary>
    public DeletionGuard? Guard { get; init; }

    /// <summary>The run ends before the request that would exceed one of these.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;

    /// <summary>Do exactly what this says, or nothing; null: whatever there is to do.</summary>
    public ApprovedPlan? Approved { get; init; }

    /// <summary>How long to wait for another run on the namespace; zero fails at once with <c>run.locked</c>. Null: as the index says.</summary>
    public TimeSpan? Wait { get; init; }

    internal TimeSpan Patience => Wait ?? TimeSpan.Zero;

    /// <summary>Keep a document's text where its chunks do not add up to it, if the index does.</summary>
    public bool KeepText { get; init; } = true;

    /// <summary>Hears a few times a second where the run stands; null: nobody does.</summary>
    public IProgress<SyncProgress>? Progress { get; init; }

    /// <summary>
    /// Hears of every document that changed and every item that failed, beside the observer of the index; null: nobody does.
    /// </summary>
    public ISyncObserver? Observer { get; init; }

    /// <summary>Shown in the history: <c>sync</c>, <c>import</c>.</summary>
    public string Command { get; init; } = "sync";

    /// <summary>What was forgotten and may not come back, as it is while the namespace is held.</summary>
    internal const string ForgetCommand = "forget";

    internal const string PutCommand = "put";

    internal const string DeleteCommand = "delete";

    internal Suppressions Suppressions { get; init; } = Suppressions.None;

    /// <summary>Documents whose time is over and that nobody has closed, as they were when the namespace was taken hold of.</summary>
    internal IReadOnlySet<string> Expired { get; init; } = FrozenSet<string>.Empty;

    internal IReadOnlyList<IDocumentSource> ListedSources => Sources ?? [];

    internal DocumentPolicy EffectivePolicy => Policy ?? DocumentPolicy.None;

    internal DeletionGuard EffectiveGuard => Guard ?? DeletionGuard.Default;
}
