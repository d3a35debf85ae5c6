using System.Text.Json;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

internal static class StatusJson
{
    public static void Write(Utf8JsonWriter json, StatusReport status)
    {
        json.WriteStartObject();
        json.WriteString("namespace", status.Namespace.Name);
        json.WriteNumber("documents", status.Namespace.Documents);
        json.WriteNumber("chunks", status.Namespace.Chunks);
        json.WriteNumber("bytes", status.Bytes);
        json.WritePropertyName("generation");
        WriteGeneration(json, status.Namespace.Generation);
        WriteQuarantine(json, status.Quarantine);
        WriteFreshness(json, status.LastCompleteSyncAge);
        json.WriteStartObject("queue");
        json.WriteNumber("pending", 0);
        json.WriteNumber("leased", 0);
        json.WriteNumber("dead", 0);
        json.WriteEndObject();
        json.WriteStartObject("cost");
        json.WriteNumber("month", 0);
        json.WriteNull("budget");
        json.WriteString("currency", "USD");
        json.WriteEndObject();
        json.WriteStartArray("alerts");
        json.WriteEndArray();
        json.WritePropertyName("lastRun");
        RunJson.WriteReport(json, status.LastRun);
        json.WriteEndObject();
    }

    public static void WriteGeneration(Utf8JsonWriter json, GenerationRecord? generation)
    {
        if (generation is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("id", generation.Id);
        json.WriteString("space", generation.Pipeline.Space);
        json.WriteString("chunker", generation.Pipeline.Chunker);
        json.WriteString("state", generation.State == GenerationState.Active ? "active" : "building");
        json.WriteEndObject();
    }

    private static void WriteQuarantine(Utf8JsonWriter json, IReadOnlyList<QuarantinedInput> quarantine)
    {
        json.WriteStartArray("quarantine");
        foreach (var entry in quarantine)
        {
            json.WriteStartObject();
            json.WriteString("document", entry.Document);
            json.WriteString("code", entry.Code);
            json.WriteString("message", entry.Message);
            JsonValues.Write(json, "since", entry.Since);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFreshness(Utf8JsonWriter json, TimeSpan? age)
    {
        json.WriteStartObject("freshness");
        json.WriteNull("slaSeconds");
        json.WriteNull("p50");
        json.WriteNull("p95");
        json.WriteNull("p99");
        if (age is { } known)
        {
            json.WriteNumber("lastCompleteSyncAge", Math.Round(known.TotalSeconds, 3));
        }
        else
        {
            json.WriteNull("lastCompleteSyncAge");
        }

        json.WriteBoolean("breached", false);
        json.WriteEndObject();
    }
}
