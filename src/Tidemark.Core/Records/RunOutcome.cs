namespace Tidemark.Records;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>Everything was done.</summary>
    Succeeded,

    /// <summary>Some items failed; the rest is done.</summary>
    Partial,

    /// <summary>The deletion guard held deletes back; the rest is done.</summary>
    Guarded,

    /// <summary>The budget ended the run.</summary>
    Budget,

    /// <summary>Cancelled; what was committed stays, a rerun resumes.</summary>
    Cancelled,

    /// <summary>It ended with an error; what was committed stays.</summary>
    Failed,
}
