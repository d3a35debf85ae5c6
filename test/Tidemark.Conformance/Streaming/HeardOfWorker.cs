using Tidemark.Queueing;
using Tidemark.Streaming;

namespace Tidemark.Conformance.Streaming;

/// <summary>Remembers what a worker tells.</summary>
internal sealed class HeardOfWorker : IWorkerObserver
{
    public List<ChangeCounts> Batches { get; } = [];

    public List<TidemarkException> Outages { get; } = [];

    public List<TimeSpan> Pauses { get; } = [];

    public List<(string Document, TimeSpan? NextTry)> Failures { get; } = [];

    public int Recoveries { get; private set; }

    public Action AfterOutage { get; set; } = () => { };

    public Action<ChangeCounts> AfterBatch { get; init; } = _ => { };

    public void OnBatch(ChangeCounts counts)
    {
        Batches.Add(counts);
        AfterBatch(counts);
    }

    public void OnFailure(string document, ChangeFailure failure, TimeSpan? nextTry) => Failures.Add((document, nextTry));

    public void OnOutage(TidemarkException failure, TimeSpan nextTry)
    {
        Outages.Add(failure);
        Pauses.Add(nextTry);
        AfterOutage();
    }

    public void OnRecovered(TimeSpan after) => Recoveries++;
}
