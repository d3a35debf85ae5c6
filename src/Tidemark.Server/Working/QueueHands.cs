using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tidemark.Server.Working;

/// <summary>
/// Carries queued changes out. The namespaces that were named from the start have a worker each; of the others a few at once are worked on until
/// nothing of theirs waits, in the order in which they were written to, so that many of them do not hold up one another. Whatever ends a worker, it
/// begins again after a pause.
/// </summary>
internal sealed partial class QueueHands(TidemarkIndex index, ServerOptions options, TimeProvider clock, ILogger<QueueHands> log) : BackgroundService
{
    private const int MostAtOnce = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places = new(MostAtOnce, MostAtOnce);
    private readonly ConcurrentDictionary<string, Turn> _turns = new(StringComparer.Ordinal);
    private CancellationToken _stopping;
    private bool _isStarted;

    /// <summary>What is enqueued for a namespace is carried out from now on.</summary>
    public void WorkFor(string @namespace)
    {
        if (_isStarted && options.CarriesOut && !options.Work.Contains(@namespace, StringComparer.Ordinal) && !_stopping.IsCancellationRequested)
        {
            var turn = _turns.GetOrAdd(@namespace, _ => new Turn());
            if (turn.Ask())
            {
                turn.Work = Task.Run(() => TakeTurnsAsync(@namespace, turn), CancellationToken.None);
            }
        }
    }

    public override void Dispose()
    {
        _places.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        _isStarted = true;
        if (!options.CarriesOut)
        {
            return;
        }

        var steady = options.Work.Select(name => Task.Run(() => WorkAsync(name, untilEmpty: false), CancellationToken.None)).ToList();
        await FindWaitingAsync();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll([.. steady, .. _turns.Values.Select(turn => turn.Work)]);
        }
    }

    /// <summary>What a former process left.</summary>
    private async Task FindWaitingAsync()
    {
        try
        {
            foreach (var known in await index.NamespacesAsync(_stopping))
            {
                if (await index.Queue.CountAsync(known.Name, _stopping) is { Pending: > 0 } or { Leased: > 0 })
                {
                    WorkFor(known.Name);
                }
            }
        }
        catch (Exception e) when (e is TidemarkException or OperationCanceledException)
        {
            LogEnded(log, "*", e);
        }
    }

    private async Task TakeTurnsAsync(string @namespace, Turn turn)
    {
        do
        {
            turn.Begin();
            try
            {
                await _places.WaitAsync(_stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                await WorkAsync(@namespace, untilEmpty: true);
            }
            finally
            {
                _places.Release();
            }
        }
        while (!_stopping.IsCancellationRequested && turn.GoesOn());
    }

    private async Task WorkAsync(string @namespace, bool untilEmpty)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await index.RunWorkerAsync(options.Worker with { Namespace = @namespace, UntilEmpty = untilEmpty }, _stopping);
                if (untilEmpty)
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogEnded(log, @namespace, e);
                await PauseAsync();
            }
        }
    }

    private async Task PauseAsync()
    {
        try
        {
            await Task.Delay(Pause, clock, _stopping);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Whether a namespace is worked on, and whether somebody asked for that since it was begun.</summary>
    private sealed class Turn
    {
        private readonly Lock _gate = new();
        private bool _isTaken;
        private bool _isAsked;

        public Task Work { get; set; } = Task.CompletedTask;

        /// <returns>True: nobody works on it, and the caller has to.</returns>
        public bool Ask()
        {
            lock (_gate)
            {
                _isAsked = true;
                return !_isTaken && (_isTaken = true);
            }
        }

        public void Begin()
        {
            lock (_gate)
            {
                _isAsked = false;
            }
        }

        /// <returns>False: nobody asked, and it is not worked on any more.</returns>
        public bool GoesOn()
        {
            lock (_gate)
            {
                return _isTaken = _isAsked;
            }
        }
    }

    [LoggerMessage(4, LogLevel.Warning, "the worker of the namespace '{Namespace}' ended, and begins again", EventName = "worker")]
    private static partial void LogEnded(ILogger log, string @namespace, Exception failure);
}
