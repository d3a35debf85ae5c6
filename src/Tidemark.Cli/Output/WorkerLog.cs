using Tidemark.Queueing;
using Tidemark.Streaming;

namespace Tidemark.Cli.Output;

/// <summary>What a worker does, as lines of a log.</summary>
internal sealed class WorkerLog(RunLog log) : IWorkerObserver
{
    public void Start(WorkerOptions request) => log.Write(
        LogLevel.Info,
        "start",
        $"worker of namespace '{request.Namespace}', {(request.Concurrency == 1 ? "1 batch" : $"{request.Concurrency} batches")} of "
        + $"{Units.Count(request.BatchSize, "change")} at once",
        json => json.WriteString("namespace", request.Namespace));

    public void OnBatch(ChangeCounts counts) => log.Write(
        LogLevel.Info,
        "batch",
        $"{Units.Count(counts.Done, "change")} carried out"
        + (counts.Retried > 0 ? $", {Units.Count(counts.Retried)} to be tried again" : "")
        + (counts.Dead > 0 ? $", {Units.Count(counts.Dead)} given up" : "")
        + (counts.Lost > 0 ? $", {Units.Count(counts.Lost)} taken by others" : "")
        + (counts.Released > 0 ? $", {Units.Count(counts.Released)} given back" : ""),
        json =>
        {
            json.WriteNumber("done", counts.Done);
            json.WriteNumber("retried", counts.Retried);
            json.WriteNumber("dead", counts.Dead);
            json.WriteNumber("lost", counts.Lost);
            json.WriteNumber("released", counts.Released);
        });

    public void OnFailure(string document, ChangeFailure failure, TimeSpan? nextTry) => log.Write(
        nextTry is null ? LogLevel.Error : LogLevel.Warning,
        "failure",
        $"'{document}': {failure.Message} [{failure.Code}]; "
        + (nextTry is { } pause ? $"the next try is in {Units.Seconds(pause)}" : "given up, see 'tidemark queue status'"),
        json =>
        {
            json.WriteString("document", document);
            json.WriteString("code", failure.Code);
            json.WriteString("remedy", failure.Remedy);
            if (nextTry is { } rest)
            {
                json.WriteNumber("nextTrySeconds", Math.Round(rest.TotalSeconds, 3));
            }
        });

    public void OnOutage(TidemarkException failure, TimeSpan nextTry) => log.Write(
        LogLevel.Warning, "outage", failure, nextTry, $"the next try is in {Units.Seconds(nextTry)}, nothing is lost");

    public void OnRecovered(TimeSpan after) => log.Write(
        LogLevel.Info, "recovery", $"works again, after {Units.Seconds(after)}", json =>
            json.WriteNumber("afterSeconds", Math.Round(after.TotalSeconds, 3)));

    public void End(WorkerReport report) => log.Write(
        LogLevel.Info,
        "end",
        $"{(report.IsStopped ? "stopped" : "done")} after {Units.Seconds(report.Total.Elapsed)}: "
        + $"{Units.Count(report.Changes.Done, "change")} carried out in {Units.Count(report.Runs, "run")}",
        json =>
        {
            json.WriteNumber("done", report.Changes.Done);
            json.WriteNumber("dead", report.Changes.Dead);
            json.WriteNumber("runs", report.Runs);
            json.WriteNumber("pending", report.Queue.Pending);
        });

    public void Fail(TidemarkException failure) => log.Write(LogLevel.Error, "end", failure, nextTry: null, failure.Remedy);
}
