using Tidemark.Indexing;
using Tidemark.Queueing;

namespace Tidemark.Streaming;

/// <summary>
/// A time that the worker has the namespace in hand: one run of the history. It claims while there is anything due, some
/// batches under way at a time, and ends when it has been quiet for a moment, or after a while, so that others get their turn.
/// </summary>
internal sealed class BusyPeriod
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Where what was written is brought to another index at the end.</summary>
    private static readonly TimeSpan LongestExternal = TimeSpan.FromSeconds(1);

    private readonly ITidemarkStore _store;
    private readonly WorkerOptions _request;
    private readonly TimeProvider _clock;
    private readonly PeriodRun _run;
    private readonly LeaseKeeper _leases;
    private readonly ChangeCarrier _carrier;
    private readonly List<Task<BatchOutcome>> _underWay = [];

    /// <summary>Null: it goes on.</summary>
    private PeriodEnd? _end;

    public BusyPeriod(ITidemarkStore store, WorkerOptions request, PeriodRun run, LeaseKeeper leases, TimeProvider clock)
    {
        (_store, _request, _run, _leases, _clock) = (store, request, run, leases, clock);
        _carrier = new ChangeCarrier(run.Decisions, run.Sink, store.Queue, request);
    }

    public ChangeCounts Counts { get; private set; }

    /// <summary>Why it ended.</summary>
    public PeriodEnd End => _end ?? PeriodEnd.Quiet;

    /// <summary>What ended it before its time; null: nothing did.</summary>
    public Exception? Outage { get; private set; }

    public async Task WorkAsync(CancellationToken stop)
    {
        var started = _clock.GetTimestamp();
        do
        {
            await FillAsync(stop).ConfigureAwait(false);
            if (stop.IsCancellationRequested || _clock.GetElapsedTime(started) >= (_run.IsExternal ? LongestExternal : Longest))
            {
                _end ??= stop.IsCancellationRequested ? PeriodEnd.Quiet : PeriodEnd.Turn;
            }
        }
        while (_underWay.Count > 0 ? await TakeNextAsync(stop).ConfigureAwait(false) : await ComesMoreAsync(stop).ConfigureAwait(false));
    }

    /// <summary>Claims until enough is under way or nothing is due.</summary>
    private async Task FillAsync(CancellationToken stop)
    {
        while (_end is null && !stop.IsCancellationRequested && _underWay.Count < _request.Concurrency)
        {
            try
            {
                var asked = new ClaimRequest(_request.BatchSize, _request.Visibility) { Horizon = _request.Horizon };
                var claimed = await _store.Queue.ClaimAsync(_request.NamespaceName, asked, CancellationToken.None)
                    .ConfigureAwait(false);
                if (claimed.Count == 0)
                {
                    return;
                }

                _leases.Hold(claimed.Select(change => change.Lease));
                await _run.Decisions.RegisterAsync(claimed, CancellationToken.None).ConfigureAwait(false);
                _underWay.Add(Task.Run(() => _carrier.CarryAsync(claimed, stop), CancellationToken.None));
            }
            catch (TidemarkException e)
            {
                BreakOff(e);
            }
        }
    }

    /// <returns>True always: what is under way is taken to its end.</returns>
    private async Task<bool> TakeNextAsync(CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task? arrival = _end is not null || _underWay.Count >= _request.Concurrency
            ? null
            : _store.Queue.WaitAsync(_request.NamespaceName, Longest, _request.Horizon, enough.Token).AsTask();
        var first = await Task.WhenAny(arrival is null ? _underWay : [.. _underWay, arrival]).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        if (arrival is not null)
        {
            await arrival.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (first is Task<BatchOutcome> batch && _underWay.Remove(batch))
        {
            Take(await batch.ConfigureAwait(false));
        }

        return true;
    }

    private async Task<bool> ComesMoreAsync(CancellationToken stop)
    {
        if (_end is not null || _request.UntilEmpty)
        {
            return false;
        }

        try
        {
            return await _store.Queue.WaitAsync(_request.NamespaceName, Quiet, _request.Horizon, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Take(BatchOutcome outcome)
    {
        _leases.Let(outcome.Claimed.Select(change => change.Lease));
        Counts += outcome.Counts;
        _run.Count(outcome);
        Tell(outcome);
        _end ??= outcome.IsBudgetReached ? PeriodEnd.Budget : null;
        if (outcome.Outage is { } failure)
        {
            BreakOff(failure);
        }
    }

    private void Tell(BatchOutcome outcome)
    {
        if (_request.Watcher is not { } watcher)
        {
            return;
        }

        foreach (var settlement in outcome.Settlements)
        {
            var document = outcome.Claimed.FirstOrDefault(change => change.Lease == settlement.Lease)?.Document ?? "";
            switch (settlement)
            {
                case ChangeSettlement.Retry retry:
                    watcher.OnFailure(document, retry.Failure, retry.After);
                    break;
                case ChangeSettlement.Bury bury:
                    watcher.OnFailure(document, bury.Failure, nextTry: null);
                    break;
            }
        }

        watcher.OnBatch(outcome.Counts);
    }

    /// <summary>What another batch's outage cancelled is not the one to tell of.</summary>
    private void BreakOff(Exception failure)
    {
        Outage = Outage is null or OperationCanceledException ? failure : Outage;
        _end = PeriodEnd.Outage;
    }
}
