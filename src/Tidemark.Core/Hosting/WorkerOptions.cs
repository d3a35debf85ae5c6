using Tidemark.Streaming;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>How a worker of <see cref="TidemarkIndex"/> works.</summary>
public sealed record WorkerOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>So many batches are under way at once.</summary>
    public int Concurrency { get; init; } = 2;

    /// <summary>Changes in one claim and one transaction; the result does not depend on it.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>End when nothing waits any more, instead of waiting for more.</summary>
    public bool UntilEmpty { get; init; }

    /// <summary>How long a claim lasts without a word from its worker.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a change is tried.</summary>
    public AttemptRule Attempts { get; init; } = AttemptRule.Default;

    /// <summary>With <see cref="UntilEmpty"/>: how long to wait for another run on the namespace.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>What each busy time may cost.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;

    /// <summary>Hears of documents, failures and runs, beside the observer of the index.</summary>
    public ISyncObserver? Observer { get; init; }

    /// <summary>Hears how the worker gets on; null: nobody listens.</summary>
    public IWorkerObserver? Watcher { get; init; }
}
