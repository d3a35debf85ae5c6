using System.Text.Json;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Syncing;

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
        SyncReportJson.WriteNotTaken(json, status.NotTaken);
        json.WriteNumber("withoutText", status.Figures.WithoutText);
        json.WritePropertyName("generation");
        WriteGeneration(json, status.Namespace.Generation);
        WriteIndex(json, status.Index);
        WriteQuarantine(json, status.Quarantine);
        WriteFreshness(json, status.Freshness);
        json.WritePropertyName("queue");
        QueueJson.WriteCounts(json, status.Queue);
        WriteCost(json, status.Cost);
        WriteAlerts(json, status.Alerts);
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

    private static void WriteIndex(Utf8JsonWriter json, IndexBacklog? index)
    {
        json.WriteStartObject("index");
        json.WriteString("location", index?.Binding.Location ?? PipelineIdentity.InStore);
        json.WriteNumber("pending", index?.Pending ?? 0);
        json.WriteNumber("documents", index?.Documents ?? 0);
        JsonValues.Write(json, "oldest", index?.Oldest);
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

    private static void WriteFreshness(Utf8JsonWriter json, FreshnessReport freshness)
    {
        json.WriteStartObject("freshness");
        json.WriteNumber("slaSeconds", Rounded(freshness.Sla)!.Value);
        JsonValues.Write(json, "p50", Rounded(freshness.P50));
        JsonValues.Write(json, "p95", Rounded(freshness.P95));
        JsonValues.Write(json, "p99", Rounded(freshness.P99));
        json.WriteNumber("changes", freshness.Changes);
        json.WriteNumber("windowSeconds", Rounded(freshness.Window)!.Value);
        JsonValues.Write(json, "lastCompleteSyncAge", Rounded(freshness.LastCompleteSyncAge));
        json.WriteBoolean("breached", freshness.Breached);
        json.WriteEndObject();
    }

    private static void WriteCost(Utf8JsonWriter json, CostReport cost)
    {
        json.WriteStartObject("cost");
        JsonValues.WriteMoney(json, "month", CostJson.Known(cost.Paid));
        JsonValues.WriteMoney(json, "budget", cost.Budget);
        json.WriteString("currency", TokenPrice.Currency);
        json.WriteNumber("requests", cost.Paid.Usage.Requests);
        json.WriteNumber("inputs", cost.Paid.Usage.Inputs);
        json.WriteNumber("tokens", cost.Paid.Usage.Tokens);
        json.WriteNumber("unpricedTokens", cost.Paid.UnpricedTokens);
        json.WriteEndObject();
    }

    private static void WriteAlerts(Utf8JsonWriter json, IReadOnlyList<Alert> alerts)
    {
        json.WriteStartArray("alerts");
        foreach (var alert in alerts)
        {
            json.WriteStartObject();
            json.WriteString("code", alert.Code);
            json.WriteString("message", alert.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static double? Rounded(TimeSpan? time) => time is { } known ? Math.Round(known.TotalSeconds, 3) : null;
}
