using Tidemark.Syncing;

namespace Tidemark.Lifecycle;

/// <summary>How documents are taken out of the index, or back into it.</summary>
public sealed record LifecycleOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>Only say what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>What a run may spend, where vectors that are needed are not kept any more; it ends before that.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;

    /// <summary>How long to wait for another run on the namespace; zero fails at once with <c>run.locked</c>. Null: as the index says.</summary>
    public TimeSpan? Wait { get; init; }

    internal TimeSpan Patience => Wait ?? TimeSpan.Zero;
}
