using System.Diagnostics.Metrics;

namespace Tidemark.Server.Hooks;

/// <summary>How many deliveries came, by hook and by what became of them. Names of hooks are configured, so that they are few.</summary>
internal static class HookMetrics
{
    public const string Taken = "taken", Ignored = "ignored", Repeated = "repeated", Dead = "dead", Refused = "refused";

    private static readonly Meter Meter = new(TidemarkTelemetry.Name);

    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "tidemark.hook.deliveries", "{delivery}", "Deliveries of webhooks.");

    public static void Count(Hook hook, string outcome) => Deliveries.Add(1, new("tidemark.hook", hook.Name), new("tidemark.outcome", outcome));
}
