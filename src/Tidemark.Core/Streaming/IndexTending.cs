using Tidemark.Indexing;

namespace Tidemark.Streaming;

/// <summary>Brings the index up to what a worker has written, beside its work: one at a time, begun after a busy period.</summary>
internal sealed class IndexTending(ITidemarkStore store, string @namespace) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Begins it, if the last time has ended.</summary>
    /// <exception cref="TidemarkException">What made the last time fail.</exception>
    public async Task BeginAsync()
    {
        if (!_running.IsCompleted)
        {
            return;
        }

        var last = _running;
        _running = Task.Run(() => store.Index.TendAsync(@namespace, _stop.Token).AsTask(), CancellationToken.None);
        await last.ConfigureAwait(false);
    }

    /// <summary>Whoever ends with the queue's end leaves an index that is searched fast.</summary>
    public async Task EndAsync(CancellationToken stop)
    {
        await _running.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stop.IsCancellationRequested)
        {
            await store.Index.TendAsync(@namespace, stop).ConfigureAwait(false);
        }
    }

    /// <summary>What is not done is done by the next one.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
