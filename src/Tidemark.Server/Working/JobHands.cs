using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidemark.Scheduling;

namespace Tidemark.Server.Working;

/// <summary>Carries out what is due, for as long as the service runs.</summary>
internal sealed partial class JobHands(TidemarkIndex index, ServerOptions options, ILogger<JobHands> log) : BackgroundService, IJobObserver
{
    public void OnEnded(JobTime job, JobResult result, TimeSpan took)
    {
        if (result.Trouble is { } trouble)
        {
            LogTrouble(log, job.Name, result.Outcome, result.Detail ?? trouble);
        }
        else
        {
            LogEnded(log, job.Name, result.Outcome, took.TotalSeconds);
        }
    }

    public void OnOutage(TidemarkException failure, TimeSpan nextTry) => LogOutage(log, failure);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.CarriesOut && options.Jobs?.Invoke(index) is { Count: > 0 } jobs ? index.Jobs.RunAsync(jobs, this, stoppingToken) : Task.CompletedTask;

    [LoggerMessage(10, LogLevel.Information, "'{Job}' ended with '{Outcome}' after {Seconds:0.0} s", EventName = "job")]
    private static partial void LogEnded(ILogger log, string job, string outcome, double seconds);

    [LoggerMessage(11, LogLevel.Warning, "'{Job}' ended with '{Outcome}': {Trouble}", EventName = "job.trouble")]
    private static partial void LogTrouble(ILogger log, string job, string outcome, string trouble);

    [LoggerMessage(12, LogLevel.Warning, "what is due is not known, and is looked up again after a pause", EventName = "job.outage")]
    private static partial void LogOutage(ILogger log, Exception failure);
}
