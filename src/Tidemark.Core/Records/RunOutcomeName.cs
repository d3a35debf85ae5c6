namespace Tidemark.Records;

/// <summary>What outcomes are called wherever they are written.</summary>
public static class RunOutcomeName
{
    /// <summary>The outcome in the word that scripts read.</summary>
    public static string Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Succeeded => "succeeded",
        RunOutcome.Partial => "partial",
        RunOutcome.Guarded => "guarded",
        RunOutcome.Budget => "budget",
        RunOutcome.Cancelled => "cancelled",
        _ => "failed",
    };
}
