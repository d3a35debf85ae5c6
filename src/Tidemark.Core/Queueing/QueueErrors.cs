namespace Tidemark.Queueing;

/// <summary>What every store says in the same words.</summary>
public static class QueueErrors
{
    /// <summary>The queue's limit would be exceeded.</summary>
    public static TidemarkException Full(string @namespace, long most) => new(
        ErrorCodes.QueueFull,
        $"the queue of the namespace '{@namespace}' is full: its limit is {most} waiting changes",
        "start workers ('RunWorkerAsync()') or wait for them, then enqueue again; or raise EnqueueOptions.MostWaiting");

    /// <summary>The checkpoint that is there is not the one that was expected.</summary>
    public static TidemarkException Taken() => new(
        ErrorCodes.FeedTaken,
        "another process has carried this feed on meanwhile",
        "let one process at a time carry it on; what the other took is not lost, so this one may end, or be started again");
}
