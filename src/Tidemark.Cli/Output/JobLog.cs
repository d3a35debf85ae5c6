using Tidemark.Scheduling;

namespace Tidemark.Cli.Output;

/// <summary>What is carried out at its times, as lines of a log.</summary>
internal sealed class JobLog(RunLog log) : IJobObserver
{
    public void OnEnded(JobTime job, JobResult result, TimeSpan took) => log.Write(
        result.Trouble is null ? LogLevel.Info : LogLevel.Warning,
        "job",
        $"'{job.Name}' ended with '{result.Outcome}' after {Units.Seconds(took)}" + (result.Trouble is { } trouble ? $": {trouble}{(result.Detail is { } detail ? $" ({detail})" : "")}" : ""),
        json =>
        {
            json.WriteString("job", job.Name);
            json.WriteString("outcome", result.Outcome);
            json.WriteNumber("seconds", Math.Round(took.TotalSeconds, 3));
        });

    public void OnOutage(TidemarkException failure, TimeSpan nextTry) => log.Write(
        LogLevel.Warning, "outage", failure, nextTry, $"what is due is looked up again in {Units.Seconds(nextTry)}");
}
