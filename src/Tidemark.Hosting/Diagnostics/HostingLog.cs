using Microsoft.Extensions.Logging;

namespace Tidemark.Hosting.Diagnostics;

/// <summary>What hosted services tell the log; the index itself tells of runs and changes.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(EventId = 200, EventName = "hosted.begun", Level = LogLevel.Information, Message = "{Service} of '{Namespace}' has begun")]
    public static partial void Begun(ILogger log, string service, string @namespace);

    [LoggerMessage(EventId = 201, EventName = "hosted.ended", Level = LogLevel.Information, Message = "{Service} of '{Namespace}' has ended")]
    public static partial void Ended(ILogger log, string service, string @namespace);

    [LoggerMessage(
        EventId = 202,
        EventName = "hosted.outage",
        Level = LogLevel.Warning,
        Message = "{Service} of '{Namespace}' goes on after {Rest}: {Reason} [{Code}]; {Remedy}")]
    public static partial void Outage(ILogger log, string service, string @namespace, TimeSpan rest, string reason, string code, string remedy);

    [LoggerMessage(EventId = 203, EventName = "hosted.failed", Level = LogLevel.Critical, Message = "{Service} of '{Namespace}' cannot work: {Reason} [{Code}]; {Remedy}")]
    public static partial void Failed(ILogger log, string service, string @namespace, string reason, string code, string remedy);

    [LoggerMessage(EventId = 210, EventName = "job.ended", Level = LogLevel.Debug, Message = "'{Job}' ended with '{Outcome}' after {Seconds:0.0} s")]
    public static partial void JobEnded(ILogger log, string job, string outcome, double seconds);

    [LoggerMessage(EventId = 211, EventName = "job.trouble", Level = LogLevel.Warning, Message = "'{Job}' ended with '{Outcome}': {Trouble}")]
    public static partial void JobTrouble(ILogger log, string job, string outcome, string trouble);
}
