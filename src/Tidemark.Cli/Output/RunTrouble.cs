using Tidemark.Records;
using Tidemark.Reporting;

namespace Tidemark.Cli.Output;

/// <summary>What went wrong in a run, in words that agree with its outcome.</summary>
/// <param name="Words">What it did, behind its name: <c>failed</c>.</param>
/// <param name="Label">What the failure is called where the run was named before.</param>
/// <param name="Failure">Why.</param>
internal sealed record RunTrouble(string Words, string Label, RunFailure Failure)
{
    public static IEnumerable<RunTrouble> Of(RunRecord run, RunFigures figures)
    {
        if (figures.Failure is { } ended)
        {
            yield return run.Outcome == RunOutcome.Cancelled
                ? new RunTrouble("was cancelled while it waited", "it waited for", ended)
                : new RunTrouble("failed", "its failure", ended);
        }

        if (figures.Undelivered is { Failure: { } refused } left)
        {
            yield return new RunTrouble(
                $"could not deliver {Units.Count(left.Pending, "change")} of {Units.Count(left.Documents, "document")}",
                "undelivered",
                refused);
        }
    }
}
