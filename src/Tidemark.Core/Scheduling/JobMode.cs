namespace Tidemark.Scheduling;

/// <summary>How a job follows what it is about.</summary>
public enum JobMode
{
    /// <summary>At the times of a calendar.</summary>
    Batch,

    /// <summary>So long after it ended last.</summary>
    MicroBatch,

    /// <summary>All the time: it hears what happens.</summary>
    RealTime,
}
