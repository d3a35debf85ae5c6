using Tidemark.Syncing;

namespace Tidemark.Migrating;

/// <summary>How a migration is built, promoted or ended.</summary>
public sealed record MigrationOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>Only say what building it would take, and cost.</summary>
    public bool DryRun { get; init; }

    /// <summary>What building it may spend; it ends before that, and goes on from there.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;

    /// <summary>Send again what the model refused before.</summary>
    public bool RetryRefused { get; init; }

    /// <summary>Promote although the golden queries cannot decide; what speaks against it still counts.</summary>
    public bool AcceptInconclusive { get; init; }

    /// <summary>
    /// How long to wait for another run on the namespace; zero fails at once with <c>run.locked</c>; null: as the index says. Building, once it has begun, gives way
    /// to runs and waits for them as long as it takes.
    /// </summary>
    public TimeSpan? Wait { get; init; }

    internal TimeSpan Patience => Wait ?? TimeSpan.Zero;

    /// <summary>Hears a few times a second how far it is; null: nobody does.</summary>
    public IProgress<SyncProgress>? Progress { get; init; }
}
