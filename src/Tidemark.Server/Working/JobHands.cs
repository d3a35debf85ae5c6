using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidemark.Scheduling;

namespace Tidemark.Server.Working;

/// <summary>Carries out what is due, for as long as the service runs.</summary>
internal sealed class JobHands(TidemarkIndex index, ServerOptions options, ILogger<JobHands> log) : BackgroundService, IJobObserver
{
    private static readonly Action<ILogger, string, string, double, Exception?> LogEnded = LoggerMessage.Define<string, string, double>(
        LogLevel.Information, new EventId(10, "job"), "'{Job}' ended with '{Outcome}' after {Seconds:0.0} s");

    private static readonly Action<ILogger, string, string, string, Exception?> LogTrouble = LoggerMessage.Define<string, string, string>(
        LogLevel.Warning, new EventId(11, "job.trouble"), "'{Job}' ended with '{Outcome}': {Trouble}");

    private static readonly Action<ILogger, Exception?> LogOutage = LoggerMessage.Define(
        LogLevel.Warning, new EventId(12, "job.outage"), "what is due is not known, and is looked up again after a pause");

    public void OnEnded(JobTime job, JobResult result, TimeSpan took)
    {
        if (result.Trouble is { } trouble)
        {
            LogTrouble(log, job.Name, result.Outcome, result.Detail ?? trouble, null);
        }
        else
        {
            LogEnded(log, job.Name, result.Outcome, took.TotalSeconds, null);
        }
    }

    public void OnOutage(TidemarkException failure, TimeSpan nextTry) => LogOutage(log, failure);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.CarriesOut && options.Jobs?.Invoke(index) is { Count: > 0 } jobs ? index.Jobs.RunAsync(jobs, this, stoppingToken) : Task.CompletedTask;
}
