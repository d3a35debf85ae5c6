using Tidemark.Queueing;

namespace Tidemark.Streaming;

/// <summary>
/// Hears how a worker gets on. An extension point: implement what is of interest. Calls come one after the other and hold the
/// worker up while they last; an exception ends it.
/// </summary>
public interface IWorkerObserver
{
    /// <summary>A batch is done: committed, or given back.</summary>
    /// <param name="counts">What became of its changes.</param>
    void OnBatch(ChangeCounts counts)
    {
    }

    /// <summary>A change failed.</summary>
    /// <param name="document">The document's id.</param>
    /// <param name="failure">Why.</param>
    /// <param name="nextTry">When it is tried again, from now; null: it is given up.</param>
    void OnFailure(string document, ChangeFailure failure, TimeSpan? nextTry)
    {
    }

    /// <summary>The worker cannot work for now. Not called with <see cref="WorkerOptions.UntilEmpty"/>: it ends then.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="nextTry">How long it rests.</param>
    void OnOutage(TidemarkException failure, TimeSpan nextTry)
    {
    }

    /// <summary>It works again.</summary>
    /// <param name="after">Since the outage began.</param>
    void OnRecovered(TimeSpan after)
    {
    }
}
