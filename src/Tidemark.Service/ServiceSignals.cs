using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidemark.Server;

namespace Tidemark.Service;

/// <summary>
/// Ends the service when it is told to. SIGTERM, of a supervisor: first it is taken out of service, so that no request is lost. SIGINT, of a person: at
/// once, and so does a second signal.
/// </summary>
internal sealed partial class ServiceSignals(
    ServiceDrain drain, YieldingListeners listeners, ServiceStop stop, IHostApplicationLifetime life, ILogger<ServiceSignals> log) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly CancellationTokenSource _atOnce = new();

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _atOnce.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _atOnce.Cancel();
        life.StopApplication();
    }

    private void Leave(PosixSignalContext context)
    {
        context.Cancel = true;
        if (drain.IsDraining || stop.Grace == TimeSpan.Zero)
        {
            Stop(context);
            return;
        }

        drain.Begin();
        LogDraining(log, stop.Grace.TotalSeconds);
        _ = LeaveAsync();
    }

    private async Task LeaveAsync()
    {
        try
        {
            if (stop.HasSuccessor)
            {
                await listeners.YieldAsync(_atOnce.Token);
            }

            await Task.Delay(stop.Grace, stop.Clock, _atOnce.Token);
        }
        catch (OperationCanceledException)
        {
            // A second signal.
        }
        finally
        {
            life.StopApplication();
        }
    }

    [LoggerMessage(EventId = 30, EventName = "draining", Level = LogLevel.Information, Message = "not ready any more; requests are taken for {Seconds} s, then it stops")]
    private static partial void LogDraining(ILogger log, double seconds);
}
