namespace Tidemark.Queueing;

/// <summary>How a feed stood when somebody carried it on last.</summary>
/// <param name="Source">The source whose changes it brings.</param>
/// <param name="At">When that was.</param>
public sealed record FeedReport(string Source, DateTimeOffset At)
{
    /// <summary>Bytes of the database's log that are kept because of it.</summary>
    public long LagBytes { get; init; }

    /// <summary>Since everything was in the queue that there was; zero: it is.</summary>
    public TimeSpan Lag { get; init; }

    /// <summary>How much of the tables has been read, from 0 to 1.</summary>
    public double SnapshotShare { get; init; }

    /// <summary>Deletions that the guard holds back.</summary>
    public long Held { get; init; }

    /// <summary>When its place in the database's log was last compared with what the store has of it; null: that is not known.</summary>
    public DateTimeOffset? ComparedAt { get; init; }

    /// <summary>Why it does not go on; null: it does.</summary>
    public string? Trouble { get; init; }
}
