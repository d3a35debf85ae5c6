using Microsoft.Extensions.Logging;
using Tidemark.Diagnostics;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Streaming;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>Tells the log of the container what runs and workers do.</summary>
internal sealed class LoggingObserver : ISyncObserver, IWorkerObserver
{
    private readonly ILogger _log;

    private LoggingObserver(ILogger log) => _log = log;

    /// <returns>Null: there is no log.</returns>
    public static LoggingObserver? Of(IServiceProvider services) =>
        services.GetService(typeof(ILoggerFactory)) is ILoggerFactory logs ? new LoggingObserver(logs.CreateLogger(IndexLog.Category)) : null;

    public void OnFailure(ItemFailure failure) => IndexLog.ItemFailed(_log, failure.Item, failure.Message, failure.Code, failure.Remedy);

    public void OnWarning(ItemWarning warning) => IndexLog.ItemOdd(_log, warning.Item, warning.Message, warning.Code, warning.Remedy);

    public void OnCompleted(SyncReport report)
    {
        var documents = report.Documents;
        if (report.Guard is { } guard)
        {
            IndexLog.DeletionsHeld(_log, guard.Held, guard.Source, guard.Remedy);
        }

        if (report.Failure is { } failure)
        {
            IndexLog.RunFailed(_log, report.Run, report.Namespace, failure.Message, failure.Code, failure.Remedy);
            return;
        }

        var level = report.Outcome is RunOutcome.Succeeded or RunOutcome.Cancelled ? LogLevel.Information : LogLevel.Warning;
        if (_log.IsEnabled(level))
        {
            var outcome = RunOutcomeName.Of(report.Outcome);
            IndexLog.RunEnded(
                _log,
                level,
                report.Run,
                report.Namespace,
                outcome,
                report.Elapsed.TotalSeconds,
                documents.Added,
                documents.Updated,
                documents.Deleted,
                documents.Failed,
                report.Embedding.Inputs);
        }
    }

    public void OnBatch(ChangeCounts counts) => IndexLog.Batch(_log, counts.Done, counts.Retried, counts.Dead);

    public void OnFailure(string document, ChangeFailure failure, TimeSpan? nextTry) => IndexLog.ChangeFailed(
        _log, nextTry is null ? LogLevel.Error : LogLevel.Warning, document, failure.Message, failure.Code, failure.Remedy, nextTry);

    public void OnOutage(TidemarkException failure, TimeSpan nextTry) => IndexLog.Outage(_log, nextTry, failure.Message, failure.Code);

    public void OnRecovered(TimeSpan after) => IndexLog.Recovered(_log, after);
}
