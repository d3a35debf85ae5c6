using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Streaming;

/// <summary>Renews the leases of everything that a worker has in hand, three times as often as needed.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly IChangeQueue _queue;
    private readonly WorkerOptions _request;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<ChangeLease> _held = [];
    private readonly Task _beating;

    public LeaseKeeper(IChangeQueue queue, WorkerOptions request, TimeProvider clock)
    {
        (_queue, _request, _clock) = (queue, request, clock);
        _beating = BeatAsync();
    }

    public void Hold(IEnumerable<ChangeLease> leases)
    {
        lock (_gate)
        {
            _held.UnionWith(leases);
        }
    }

    public void Let(IEnumerable<ChangeLease> leases)
    {
        lock (_gate)
        {
            _held.ExceptWith(leases);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(_request.Visibility / 3, _clock);
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            List<ChangeLease> held;
            lock (_gate)
            {
                held = [.. _held];
            }

            if (held.Count > 0)
            {
                await RenewAsync(held).ConfigureAwait(false);
            }
        }
    }

    private async Task RenewAsync(List<ChangeLease> held)
    {
        try
        {
            await _queue.RenewAsync(_request.NamespaceName, held, _request.Visibility, _stop.Token).ConfigureAwait(false);
        }
        catch (TidemarkException)
        {
            // Who cannot reach the store cannot write either; the next beat tries again.
        }
    }
}
