namespace Tidemark.Records;

public enum RunOutcome
{
    Succeeded,

    /// <summary>Some items failed; the rest is done.</summary>
    Partial,

    /// <summary>The deletion guard held deletes back; the rest is done.</summary>
    Guarded,

    /// <summary>The budget ended the run.</summary>
    Budget,

    /// <summary>Cancelled; what was committed stays, a rerun resumes.</summary>
    Cancelled,

    Failed,
}
