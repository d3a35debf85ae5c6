using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What a run is waiting for to pass: it is why somebody lost patience who ends the run meanwhile.</summary>
internal sealed class RunTrouble
{
    private TidemarkException? _last;

    /// <summary>Null: nothing, or it has passed.</summary>
    public RunFailure? Failure => Volatile.Read(ref _last) is { } last ? RunFailure.Of(last) : null;

    /// <summary>The same pipeline, whose model is listened to.</summary>
    public SyncPipeline Watch(SyncPipeline pipeline)
    {
        var model = pipeline.Model;
        return pipeline with
        {
            Model = model with
            {
                OnWait = (failure, pause) =>
                {
                    Volatile.Write(ref _last, failure);
                    model.OnWait?.Invoke(failure, pause);
                },
                OnRecovered = () =>
                {
                    Volatile.Write(ref _last, null);
                    model.OnRecovered?.Invoke();
                },
            },
        };
    }
}
