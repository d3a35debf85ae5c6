using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>A plan cannot be applied any more, because something has moved since it was made. Nothing was written.</summary>
/// <param name="moved">Each thing that has moved, and how.</param>
/// <param name="doneBy">The run that did the plan already, or began to; null: none did.</param>
/// <param name="madeBy">The call that makes the plan anew, as a person types it; null: unknown.</param>
public sealed class PlanStaleException(IReadOnlyList<string> moved, RunRecord? doneBy = null, string? madeBy = null)
    : TidemarkException(ErrorCodes.PlanStale, MessageOf(moved, doneBy), RemedyOf(doneBy, madeBy))
{
    private const int MostNamed = 10;

    /// <summary>What is no longer as it was approved.</summary>
    public IReadOnlyList<string> Moved { get; } = moved;

    /// <summary>The run that did the plan already, or began to; null: none did.</summary>
    public long? DoneBy { get; } = doneBy?.Id;

    private static string MessageOf(IReadOnlyList<string> moved, RunRecord? doneBy)
    {
        var more = moved.Count > MostNamed ? $"; and {moved.Count - MostNamed} more" : "";
        var since = $"{string.Join("; ", moved.Take(MostNamed))}{more}";
        return doneBy is null
            ? $"the plan is stale: {since}"
            : $"{(IsOpen(doneBy) ? "the plan was begun" : "the plan was applied already,")} by run {doneBy.Id} of "
              + $"{doneBy.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, which {EndingOf(doneBy)}: {since}";
    }

    /// <summary>It has not come to an end of which it could tell.</summary>
    private static bool IsOpen(RunRecord run) => run is { Outcome: null } or { Outcome: RunOutcome.Failed, ReportJson: null };

    private static string EndingOf(RunRecord run) => run.Outcome switch
    {
        null => "has not ended: its process was killed, or is still at work",
        RunOutcome.Succeeded => "did all of it, so that nothing is left to do",
        RunOutcome.Partial => "did it but for the items that failed",
        RunOutcome.Guarded => "did it but for the deletions that were held back",
        RunOutcome.Budget => "the budget ended",
        RunOutcome.Cancelled => "was cancelled",
        _ => IsOpen(run) ? "was killed before its end" : "failed",
    };

    private static string RemedyOf(RunRecord? doneBy, string? madeBy) =>
        doneBy switch
        {
            { Outcome: RunOutcome.Succeeded } => "nothing of it is left to do; for what has changed since, make a new plan: ",
            not null when IsOpen(doneBy) => "what it committed stays; for what is left, make a new plan: ",
            _ => "look at what changed and make a new plan: ",
        }
        + (madeBy ?? "'PlanAsync(SOURCE)'");
}
