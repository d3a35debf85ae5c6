using Tidemark.Queueing;
using Tidemark.Streaming;

namespace Tidemark;

/// <summary>Two observers of a worker as one.</summary>
internal sealed class WorkerObservers(IWorkerObserver first, IWorkerObserver second) : IWorkerObserver
{
    /// <summary>Null where there is neither.</summary>
    public static IWorkerObserver? Of(IWorkerObserver? first, IWorkerObserver? second) =>
        first is null ? second : second is null ? first : new WorkerObservers(first, second);

    public void OnBatch(ChangeCounts counts)
    {
        first.OnBatch(counts);
        second.OnBatch(counts);
    }

    public void OnFailure(string document, ChangeFailure failure, TimeSpan? nextTry)
    {
        first.OnFailure(document, failure, nextTry);
        second.OnFailure(document, failure, nextTry);
    }

    public void OnOutage(TidemarkException failure, TimeSpan nextTry)
    {
        first.OnOutage(failure, nextTry);
        second.OnOutage(failure, nextTry);
    }

    public void OnRecovered(TimeSpan after)
    {
        first.OnRecovered(after);
        second.OnRecovered(after);
    }
}
