namespace Tidemark.Queueing;

/// <summary>One change in the queue, as people see it.</summary>
public sealed record QueuedChange
{
    /// <summary>The document's id.</summary>
    public required string Document { get; init; }

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>Whether the document is deleted by it.</summary>
    public bool IsDelete { get; init; }

    /// <summary>How it stands.</summary>
    public QueuedState State { get; init; }

    /// <summary>Which changes are claimed before it.</summary>
    public ChangePriority Priority { get; init; }

    /// <summary>Attempts that failed.</summary>
    public int Attempts { get; init; }

    /// <summary>When what it holds now was enqueued.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>Pending: from when on it is due; leased: when the lease ends.</summary>
    public required DateTimeOffset AvailableAt { get; init; }

    /// <summary>Why the last attempt failed; null: none has.</summary>
    public ChangeFailure? Failure { get; init; }
}
