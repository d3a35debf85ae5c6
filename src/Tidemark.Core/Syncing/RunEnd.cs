using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>How a run came to its end, for its report and the history.</summary>
/// <param name="Outcome">Before what waits is delivered and indexes are built.</param>
internal sealed record RunEnd(RunOutcome Outcome)
{
    /// <summary>As far as they were looked at.</summary>
    public required IReadOnlyList<SourceRecord> Sources { get; init; }

    /// <summary>Whether what waits for an external index is brought to it now.</summary>
    public bool Delivers { get; init; }

    /// <summary>Whether every source was listed whole.</summary>
    public bool ListedEverything { get; init; }

    /// <summary>As <see cref="SyncReport.Cleanup"/>.</summary>
    public string Cleanup { get; init; } = "none";

    /// <summary>What was held back; null: nothing.</summary>
    public GuardReport? Guard { get; init; }

    /// <summary>What ended it before its time; null: nothing did.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>Whether somebody else sees to the indexes, because more is to be written at once.</summary>
    public bool LeavesIndexes { get; init; }

    /// <summary>Called before an index is built.</summary>
    public Action OnIndexing { get; init; } = () => { };
}
