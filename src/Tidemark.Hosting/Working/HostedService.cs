using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidemark.Hosting.Diagnostics;

namespace Tidemark.Hosting.Working;

/// <summary>
/// Works with an index for as long as its host runs. What passes by itself, or is mended by an operator, is waited for, longer each time; what
/// no later attempt makes right ends the host, as an exception of any background service does. When the host stops, what is under way is
/// committed before the service ends.
/// </summary>
internal abstract class HostedService(TidemarkIndex index, TimeProvider clock, ILogger log) : BackgroundService
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    protected TidemarkIndex Index => index;

    protected ILogger Log => log;

    /// <summary>For the log.</summary>
    protected abstract string Name { get; }

    /// <summary>Whose work it is.</summary>
    protected abstract string Namespace { get; }

    /// <summary>Works until the token ends it, or there is nothing left to do.</summary>
    protected abstract Task WorkAsync(CancellationToken stoppingToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HostingLog.Begun(log, Name, Namespace);
        var rest = FirstRest;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WorkAsync(stoppingToken).ConfigureAwait(false);
                break;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (TidemarkException failure) when (failure.Kind is ErrorKind.Usage or ErrorKind.Incompatible)
            {
                HostingLog.Failed(log, Name, Namespace, failure.Message, failure.Code, failure.Remedy);
                throw;
            }
            catch (TidemarkException failure)
            {
                HostingLog.Outage(log, Name, Namespace, rest, failure.Message, failure.Code, failure.Remedy);
            }

            await Task.Delay(rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
        }

        HostingLog.Ended(log, Name, Namespace);
    }
}
