using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Syncing.Rules;

namespace Tidemark.Streaming;

/// <summary>How a worker works.</summary>
public sealed record WorkerOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    internal string NamespaceName => Namespace ?? NamespaceRecord.DefaultName;

    /// <summary>So many batches are under way at once.</summary>
    public int Concurrency { get; init; } = 2;

    /// <summary>Changes in one claim and one transaction; the result does not depend on it.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>
    /// How long a claim lasts without a word from its worker; a living one renews it. After this the changes of a killed worker
    /// are taken by another.
    /// </summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a change is tried.</summary>
    public AttemptRule Attempts { get; init; } = AttemptRule.Default;

    /// <summary>What would be due later than this from now was written by a clock that was ahead.</summary>
    internal TimeSpan Horizon => ClaimRequest.HorizonOf(Visibility, Attempts.LongestRest);

    /// <summary>End when nothing waits any more and nobody has anything in hand, instead of waiting for more.</summary>
    public bool UntilEmpty { get; init; }

    /// <summary>With <see cref="UntilEmpty"/>: how long to wait for a run that holds the namespace; null: as the index says. Else there is no limit.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>How long a run waits for another one.</summary>
    internal TimeSpan Patience => UntilEmpty ? Wait ?? TimeSpan.Zero : TimeSpan.Zero;

    /// <summary>Deletes, tombstones and expiry are refused.</summary>
    public bool AppendOnly { get; init; }

    /// <summary>What holds for documents that say nothing themselves. Null: the policy of the index.</summary>
    public DocumentPolicy? Policy { get; init; }

    /// <summary>Keep a document's text where its chunks do not add up to it, if the index does.</summary>
    public bool KeepText { get; init; } = true;

    /// <summary>What each run of the worker may spend.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;

    /// <summary>Hears of documents, failures and runs, beside the observer of the index; null: nobody listens.</summary>
    public ISyncObserver? Observer { get; init; }

    /// <summary>Hears how the worker gets on; null: nobody listens.</summary>
    public IWorkerObserver? Watcher { get; init; }
}
