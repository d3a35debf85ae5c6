using Microsoft.Extensions.Logging;

namespace Tidemark.Diagnostics;

/// <summary>What an index tells a log. Ids and names of events stay as they are: filters and alarms go by them.</summary>
internal static partial class IndexLog
{
    /// <summary>The category.</summary>
    public const string Category = "Tidemark.Index";

    [LoggerMessage(
        EventId = 100,
        EventName = "run.ended",
        Message = "run {Run} of '{Namespace}' ended '{Outcome}' after {Seconds:0.000} s: {Added} added, {Updated} updated, {Deleted} deleted, "
            + "{Failed} failed, {Inputs} texts embedded")]
    public static partial void RunEnded(
        ILogger log, LogLevel level, long? run, string @namespace, string outcome, double seconds, long added, long updated, long deleted, long failed, long inputs);

    [LoggerMessage(EventId = 101, EventName = "run.failed", Level = LogLevel.Error, Message = "run {Run} of '{Namespace}' failed: {Reason} [{Code}]; {Remedy}")]
    public static partial void RunFailed(ILogger log, long? run, string @namespace, string reason, string code, string remedy);

    [LoggerMessage(EventId = 102, EventName = "deletions.held", Level = LogLevel.Warning, Message = "{Held} deletions of '{Source}' were held back. {Remedy}")]
    public static partial void DeletionsHeld(ILogger log, long held, string source, string remedy);

    [LoggerMessage(EventId = 110, EventName = "item.failed", Level = LogLevel.Warning, Message = "'{Item}' was not taken: {Reason} [{Code}]; {Remedy}")]
    public static partial void ItemFailed(ILogger log, string item, string reason, string code, string remedy);

    [LoggerMessage(EventId = 111, EventName = "item.odd", Level = LogLevel.Information, Message = "'{Item}': {Reason} [{Code}]; {Remedy}")]
    public static partial void ItemOdd(ILogger log, string item, string reason, string code, string remedy);

    [LoggerMessage(
        EventId = 120,
        EventName = "worker.batch",
        Level = LogLevel.Debug,
        Message = "{Done} changes carried out, {Retried} to be tried again, {Dead} given up")]
    public static partial void Batch(ILogger log, long done, long retried, long dead);

    [LoggerMessage(EventId = 121, EventName = "change.failed", Message = "the change of '{Document}' failed: {Reason} [{Code}]; {Remedy}; next try: {NextTry}")]
    public static partial void ChangeFailed(ILogger log, LogLevel level, string document, string reason, string code, string remedy, TimeSpan? nextTry);

    [LoggerMessage(EventId = 122, EventName = "worker.outage", Level = LogLevel.Warning, Message = "the worker rests for {NextTry}: {Reason} [{Code}]; nothing is lost")]
    public static partial void Outage(ILogger log, TimeSpan nextTry, string reason, string code);

    [LoggerMessage(EventId = 123, EventName = "worker.recovered", Level = LogLevel.Information, Message = "the worker works again, after {After}")]
    public static partial void Recovered(ILogger log, TimeSpan after);
}
