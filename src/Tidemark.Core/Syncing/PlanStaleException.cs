using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>A plan cannot be applied any more, because something has moved since it was made. Nothing was written.</summary>
/// <param name="moved">Each thing that has moved, and how.</param>
/// <param name="doneBy">The run that did the plan already; null: none did.</param>
/// <param name="madeBy">The call that makes the plan anew, as a person types it; null: unknown.</param>
public sealed class PlanStaleException(IReadOnlyList<string> moved, RunRecord? doneBy = null, string? madeBy = null)
    : TidemarkException(ErrorCodes.PlanStale, MessageOf(moved, doneBy), RemedyOf(doneBy, madeBy))
{
    private const int MostNamed = 10;

    /// <summary>What is no longer as it was approved.</summary>
    public IReadOnlyList<string> Moved { get; } = moved;

    /// <summary>The run that did the plan already; null: none did.</summary>
    public long? DoneBy { get; } = doneBy?.Id;

    private static string MessageOf(IReadOnlyList<string> moved, RunRecord? doneBy)
    {
        var more = moved.Count > MostNamed ? $"; and {moved.Count - MostNamed} more" : "";
        var since = $"{string.Join("; ", moved.Take(MostNamed))}{more}";
        return doneBy is { Outcome: { } outcome, StartedAt: var at }
            ? $"the plan was applied already, by run {doneBy.Id} of {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, which "
              + $"{EndingOf(outcome)}: {since}"
            : $"the plan is stale: {since}";
    }

    private static string EndingOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Succeeded => "did all of it",
        RunOutcome.Partial => "did it but for the items that failed",
        RunOutcome.Guarded => "did it but for the deletions that were held back",
        RunOutcome.Budget => "the budget ended",
        RunOutcome.Cancelled => "was cancelled",
        _ => "failed",
    };

    private static string RemedyOf(RunRecord? doneBy, string? madeBy) =>
        (doneBy?.Outcome == RunOutcome.Succeeded
            ? "nothing of it is left to do; for what has changed since, make a new plan: "
            : "look at what changed and make a new plan: ")
        + (madeBy ?? "'tidemark plan SOURCE --out FILE'");
}
