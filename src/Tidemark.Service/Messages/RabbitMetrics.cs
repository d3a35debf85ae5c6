using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Tidemark.Service.Messages;

/// <summary>What comes from brokers, beside what the service counts of every hook.</summary>
internal static class RabbitMetrics
{
    private const string HookTag = "tidemark.hook";

    private static readonly Meter Meter = new(TidemarkTelemetry.Name);

    private static readonly ConcurrentDictionary<string, int> Connected = new(StringComparer.Ordinal);

    private static readonly Counter<long> Redelivered = Meter.CreateCounter<long>(
        "tidemark.broker.redelivered", "{message}", "Messages that the broker sent before, to whoever did not acknowledge them.");

    private static readonly ObservableGauge<int> IsConnected = Meter.CreateObservableGauge(
        "tidemark.broker.connected",
        () => Connected.Select(one => new Measurement<int>(one.Value, new KeyValuePair<string, object?>(HookTag, one.Key))),
        null,
        "1: messages of the hook's queue are taken; 0: the broker or its queue is away.");

    public static void CountRedelivered(string hook, int messages) => Redelivered.Add(messages, new KeyValuePair<string, object?>(HookTag, hook));

    public static void Set(string hook, bool isConnected)
    {
        Connected[hook] = isConnected ? 1 : 0;
        _ = IsConnected.Enabled;
    }
}
