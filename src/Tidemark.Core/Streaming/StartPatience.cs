using Tidemark.Indexing;

namespace Tidemark.Streaming;

/// <summary>A worker that is started while its store is down waits for it, as one would that has worked before.</summary>
internal static class StartPatience
{
    /// <param name="open">Tries once.</param>
    /// <param name="request">Of the worker.</param>
    /// <param name="clock">Of the worker.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="TidemarkException">Waiting does not help, or <see cref="WorkerOptions.UntilEmpty"/> was asked for.</exception>
    public static async Task<ITidemarkStore> OpenAsync(
        Func<CancellationToken, ValueTask<ITidemarkStore>> open, WorkerOptions request, TimeProvider clock, CancellationToken stop)
    {
        var down = clock.GetTimestamp();
        for (var outages = 0; ; outages++)
        {
            try
            {
                var store = await open(stop).ConfigureAwait(false);
                if (outages > 0)
                {
                    request.Watcher?.OnRecovered(clock.GetElapsedTime(down));
                }

                return store;
            }
            catch (TidemarkException e) when (e.IsTransient && !request.UntilEmpty)
            {
                var pause = ChangeWorker.PauseAfter(outages);
                request.Watcher?.OnOutage(e, pause);
                await Task.Delay(pause, clock, stop).ConfigureAwait(false);
            }
        }
    }
}
