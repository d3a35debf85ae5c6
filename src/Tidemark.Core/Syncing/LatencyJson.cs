using System.Text.Json;

namespace Tidemark.Syncing;

/// <summary>The <c>latency</c> object of a report: seconds, null where a stage was not passed.</summary>
internal static class LatencyJson
{
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
            json.WriteNumber(name, Math.Round(known.TotalSeconds, 7));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
