using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Streaming;

/// <summary>
/// Carries queued changes out until it is stopped. Any number may work on one queue: a change is claimed by one of them, and
/// its effect and its leaving the queue are one transaction. While nothing is due, a worker holds nothing.
/// </summary>
public sealed class ChangeWorker(ITidemarkStore store, SyncPipeline pipeline, TimeProvider clock)
{
    /// <summary>As the history names its runs.</summary>
    public const string Command = "worker";

    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>After a period that ended by its length: time for whoever waits for the namespace.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);

    /// <summary>Makes the pipeline of a generation that follows, or has been promoted meanwhile; null: neither is taken up.</summary>
    internal FollowerOpening? Followers { get; init; }

    /// <summary>How long it rests after so many failed tries before this one.</summary>
    internal static TimeSpan PauseAfter(int outages) => outages < 6 ? TimeSpan.FromSeconds(1 << outages) : LongestPause;

    /// <summary>
    /// Works until <paramref name="stop"/> is cancelled (or, with <see cref="WorkerOptions.UntilEmpty"/>, nothing waits any
    /// more): then the batches that are under way are finished, what is claimed and not begun is given back, and the report comes.
    /// </summary>
    /// <exception cref="TidemarkException">
    /// The namespace was built with another pipeline; or, with <see cref="WorkerOptions.UntilEmpty"/>, the model or the store is
    /// out of order, or another run holds the namespace. No change is lost by it, or counted as failed.
    /// </exception>
    public async Task<WorkerReport> RunAsync(WorkerOptions request, CancellationToken stop)
    {
        var word = new WorkerWord(new WorkerBook(store.ServiceEntries, request.NamespaceName), clock);
        await using var goodbye = word.ConfigureAwait(false);
        try
        {
            return await CarryOutAsync(request, word, stop).ConfigureAwait(false);
        }
        catch (TidemarkException e)
        {
            await word.OfTroubleAsync(e, stop).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<WorkerReport> CarryOutAsync(WorkerOptions request, WorkerWord word, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        var tally = new WorkerTally(request, pipeline.Model);
        var outages = 0;
        var down = 0L;
        var tending = new IndexTending(store, request.NamespaceName);
        await using var heldTending = tending.ConfigureAwait(false);
        var lasting = new LastingRun(request, clock);
        var patrol = new RewindPatrol(store, request.NamespaceName, clock);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (request.UntilEmpty && await IsEmptyAsync(request, stop).ConfigureAwait(false))
                {
                    break;
                }

                var isDue = await store.Queue.WaitAsync(request.NamespaceName, LongestIdle, request.Horizon, stop).ConfigureAwait(false);
                if (!request.UntilEmpty)
                {
                    await word.OfLifeAsync(stop).ConfigureAwait(false);
                }

                if (!isDue)
                {
                    await patrol.LookAsync(outages > 0, stop).ConfigureAwait(false);
                    continue;
                }

                var end = await WorkAsync(request, tally, lasting, stop).ConfigureAwait(false);
                await word.OfWorkAsync().ConfigureAwait(false);
                await tending.BeginAsync().ConfigureAwait(false);
                if (end == PeriodEnd.Budget && request.UntilEmpty)
                {
                    break;
                }

                if (outages > 0 && down > 0)
                {
                    request.Watcher?.OnRecovered(clock.GetElapsedTime(down));
                }

                (outages, down) = (0, 0);
                await PauseAsync(end, request, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (TidemarkException e) when (!request.UntilEmpty && IsPassing(e))
            {
                var pause = e.Code == ErrorCodes.RunLocked ? Turn : PauseAfter(outages);
                outages++;
                if (e.Code != ErrorCodes.RunLocked)
                {
                    down = down == 0 ? clock.GetTimestamp() : down;
                    request.Watcher?.OnOutage(e, pause);
                    await word.OfTroubleAsync(e, stop).ConfigureAwait(false);
                }

                await PauseAsync(pause, stop).ConfigureAwait(false);
            }
        }

        if (request.UntilEmpty && tally.HasWorked)
        {
            await tending.EndAsync(stop).ConfigureAwait(false);
        }

        var left = await store.QueuedChanges.CountAsync(request.NamespaceName, CancellationToken.None).ConfigureAwait(false);
        return tally.Report(left, stop.IsCancellationRequested, clock.GetElapsedTime(started));
    }

    private async Task<PeriodEnd> WorkAsync(WorkerOptions request, WorkerTally tally, LastingRun lasting, CancellationToken stop)
    {
        var session = await store.Records.OpenAsync(
            new SessionRequest(request.NamespaceName, request.Patience, ForPlan: false, request.KeepText)
            {
                IsSparse = true,
                Hold = NamespaceHold.Shared,
            },
            stop).ConfigureAwait(false);
        await using var held = session.ConfigureAwait(false);
        if (await IsLeftBehindAsync(session, request, stop).ConfigureAwait(false))
        {
            await session.DisposeAsync().ConfigureAwait(false);
            await BeginAnewAsync(request, stop).ConfigureAwait(false);
            return PeriodEnd.Turn;
        }

        var current = await CurrentAsync(session.Catalog.Namespace, stop).ConfigureAwait(false);
        var start = new PeriodStart(Followers, lasting.Current);
        var run = await PeriodRun.BeginAsync(store, session, current, request, start, clock, stop).ConfigureAwait(false);
        var leases = new LeaseKeeper(store.Queue, request, clock);
        await using var kept = leases.ConfigureAwait(false);
        var period = new BusyPeriod(store, request, run, leases, clock);
        await period.WorkAsync(stop).ConfigureAwait(false);
        try
        {
            tally.Add(await run.CompleteAsync(period, stop).ConfigureAwait(false), period.Counts);
            lasting.Note(run.Written);
        }
        catch (TidemarkException e)
        {
            throw Outage.Of(period.Outage ?? e);
        }

        return period.Outage is { } outage ? throw Outage.Of(outage) : period.End;
    }

    /// <summary>A migration that was promoted, or rolled back, while the worker ran: it goes on with what answers now.</summary>
    private async ValueTask<SyncPipeline> CurrentAsync(NamespaceRecord @namespace, CancellationToken stop) =>
        Followers is { } open
        && @namespace is { Generation: { } answering, Beside: { State: GenerationState.Previous } former }
        && former.Pipeline == pipeline.Identity
            ? await open(answering, stop).ConfigureAwait(false)
            : pipeline;

    /// <summary>Whether the index is of another pipeline that no chunk was ever made with, as a first run leaves it that failed.</summary>
    private async Task<bool> IsLeftBehindAsync(IRecordSession session, WorkerOptions request, CancellationToken stop) =>
        PipelineComparison.Differs(session.Catalog.Namespace, pipeline.Identity)
        && await store.Reader.IsUnusedAsync(request.NamespaceName, stop).ConfigureAwait(false);

    /// <summary>A run that lists nothing and puts an empty generation of this pipeline in the place of the other one.</summary>
    private async Task BeginAnewAsync(WorkerOptions request, CancellationToken stop) =>
        await new SyncEngine(store, pipeline, clock).SyncAsync(
            new SyncOptions
            {
                Namespace = request.NamespaceName,
                Sources = [],
                Rebuild = true,
                IsPartial = true,
                KeepText = request.KeepText,
                Wait = request.Patience,
                Command = Command,
            },
            stop).ConfigureAwait(false);

    /// <summary>What somebody has to mend before any worker can work ends it; for the rest it waits.</summary>
    private static bool IsPassing(TidemarkException e) => e.Kind is not (ErrorKind.Usage or ErrorKind.Incompatible);

    private async Task<bool> IsEmptyAsync(WorkerOptions request, CancellationToken stop)
    {
        if (await store.Queue.WaitAsync(request.NamespaceName, TimeSpan.Zero, request.Horizon, stop).ConfigureAwait(false))
        {
            return false;
        }

        var counts = await store.QueuedChanges.CountAsync(request.NamespaceName, stop).ConfigureAwait(false);
        return counts is { Pending: 0, Leased: 0 };
    }

    private Task PauseAsync(PeriodEnd end, WorkerOptions request, CancellationToken stop) => end switch
    {
        _ when request.UntilEmpty => Task.CompletedTask,
        PeriodEnd.Turn => PauseAsync(Turn, stop),
        PeriodEnd.Budget => PauseAsync(LongestPause, stop),
        _ => Task.CompletedTask,
    };

    private async Task PauseAsync(TimeSpan pause, CancellationToken stop) =>
        await Task.Delay(pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
