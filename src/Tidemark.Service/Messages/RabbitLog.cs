using Microsoft.Extensions.Logging;

namespace Tidemark.Service.Messages;

/// <summary>What is told of brokers.</summary>
internal sealed partial class RabbitLog(ILogger<RabbitLog> log)
{
    public void Begun(RabbitQueue queue) => LogBegun(log, queue.Hook, queue.Name, queue.Shown);

    public void Held(RabbitQueue queue, int messages, TidemarkException failure, TimeSpan rest) =>
        LogHeld(log, queue.Hook, messages, failure.Message, failure.Code, rest.TotalSeconds);

    public void Ended(RabbitQueue queue, TidemarkException failure, TimeSpan rest) =>
        LogEnded(log, queue.Hook, queue.Name, failure.Message, failure.Code, failure.Remedy, rest.TotalSeconds);

    [LoggerMessage(40, LogLevel.Information, "the hook '{Hook}' takes the messages of '{Queue}' of {Broker}", EventName = "broker")]
    private static partial void LogBegun(ILogger log, string hook, string queue, string broker);

    [LoggerMessage(41, LogLevel.Warning,
        "{Messages} messages of the hook '{Hook}' are not acknowledged, since the store does not take them: {Failure} [{Code}]; the next try is in {Seconds} s, nothing is lost",
        EventName = "broker.held")]
    private static partial void LogHeld(ILogger log, string hook, int messages, string failure, string code, double seconds);

    [LoggerMessage(42, LogLevel.Warning,
        "the hook '{Hook}' takes no messages of '{Queue}': {Failure} [{Code}]; {Remedy}; the next try is in {Seconds} s, nothing is lost", EventName = "broker.outage")]
    private static partial void LogEnded(ILogger log, string hook, string queue, string failure, string code, string remedy, double seconds);
}
