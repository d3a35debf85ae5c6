using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tidemark.Server.Working;

/// <summary>
/// Carries queued changes out: one worker for each namespace that was named from the start, has changes waiting, or is written to. Whatever
/// ends one, it begins again after a pause.
/// </summary>
internal sealed class QueueHands(TidemarkIndex index, ServerOptions options, TimeProvider clock, ILogger<QueueHands> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly Action<ILogger, string, Exception?> LogEnded = LoggerMessage.Define<string>(
        LogLevel.Warning, new EventId(4, "worker"), "the worker of the namespace '{Namespace}' ended, and begins again");

    private readonly ConcurrentDictionary<string, Task> _workers = new(StringComparer.Ordinal);
    private CancellationToken _stopping;
    private bool _isStarted;

    /// <summary>What is enqueued for a namespace is carried out from now on.</summary>
    public void WorkFor(string @namespace)
    {
        if (_isStarted && options.CarriesOut && !_stopping.IsCancellationRequested)
        {
            _ = _workers.GetOrAdd(@namespace, name => Task.Run(() => WorkAsync(name), CancellationToken.None));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        _isStarted = true;
        if (!options.CarriesOut)
        {
            return;
        }

        foreach (var name in options.Work)
        {
            WorkFor(name);
        }

        try
        {
            foreach (var known in await index.NamespacesAsync(stoppingToken))
            {
                if (await index.Queue.CountAsync(known.Name, stoppingToken) is { Pending: > 0 } or { Leased: > 0 })
                {
                    WorkFor(known.Name);
                }
            }
        }
        catch (TidemarkException e)
        {
            LogEnded(log, "*", e);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, clock, stoppingToken).ContinueWith(
            _ => Task.WhenAll(_workers.Values), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
    }

    private async Task WorkAsync(string @namespace)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await index.RunWorkerAsync(options.Worker with { Namespace = @namespace, UntilEmpty = false }, _stopping);
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
}
