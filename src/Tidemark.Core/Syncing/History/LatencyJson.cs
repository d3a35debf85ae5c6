using System.Text.Json;

namespace Tidemark.Syncing.History;

/// <summary>The <c>latency</c> object of a report: seconds, null where a stage was not passed.</summary>
internal static class LatencyJson
{
    /// <summary>Seconds are written to 100 ns, as times are kept.</summary>
    private const int Digits = 7;

    public static void Write(Utf8JsonWriter json, LatencyReport report)
    {
        json.WriteStartObject("latency");
        Write(json, "read", report.Read);
        Write(json, "chunk", report.Chunk);
        Write(json, "embed", report.Embed);
        Write(json, "apply", report.Apply);
        Write(json, "cleanup", report.Cleanup);
        json.WriteEndObject();
    }

    public static LatencyReport Read(JsonElement json) => new(
        ReadStage(json, "read"), ReadStage(json, "chunk"), ReadStage(json, "embed"), ReadStage(json, "apply"), ReadStage(json, "cleanup"));

    private static void Write(Utf8JsonWriter json, string stage, LatencySummary summary)
    {
        json.WriteStartObject(stage);
        json.WriteNumber("count", summary.Count);
        Write(json, "p50", summary.P50);
        Write(json, "p95", summary.P95);
        Write(json, "p99", summary.P99);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, TimeSpan? duration)
    {
        if (duration is { } known)
        {
            json.WriteNumber(name, Math.Round(known.TotalSeconds, Digits));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static LatencySummary ReadStage(JsonElement json, string stage) => json.TryGetProperty(stage, out var summary)
        ? new LatencySummary(
            summary.TryGetProperty("count", out var count) ? count.GetInt64() : 0,
            ReadSeconds(summary, "p50"),
            ReadSeconds(summary, "p95"),
            ReadSeconds(summary, "p99"))
        : LatencySummary.None;

    private static TimeSpan? ReadSeconds(JsonElement summary, string name) =>
        summary.TryGetProperty(name, out var seconds) && seconds.ValueKind == JsonValueKind.Number
            ? TimeSpan.FromTicks((long)Math.Round(seconds.GetDouble() * TimeSpan.TicksPerSecond))
            : null;
}
