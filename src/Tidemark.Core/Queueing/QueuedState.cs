namespace Tidemark.Queueing;

/// <summary>How a queued change stands.</summary>
public enum QueuedState
{
    /// <summary>Due, or waiting for its next attempt.</summary>
    Pending,

    /// <summary>Claimed by a worker.</summary>
    Leased,

    /// <summary>Given up after its last attempt; it stays for somebody to look at.</summary>
    Dead,
}
