using System.Text.Json;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What <c>status</c> prints.</summary>
public static class StatusReportJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, StatusReport status)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(status);
        json.WriteStartObject();
        json.WriteString("namespace", status.Namespace.Name);
        json.WriteNumber("documents", status.Namespace.Documents);
        json.WriteNumber("chunks", status.Namespace.Chunks);
        json.WriteNumber("bytes", status.Bytes);
        WriteSources(json, status.Sources);
        RunReportJson.WriteNotTaken(json, status.NotTaken);
        json.WriteNumber("withoutText", status.Figures.WithoutText);
        GenerationJson.Write(json, status.Namespace.Generation);
        WriteIndex(json, status);
        WriteQuarantine(json, status.Quarantine);
        WriteFreshness(json, status.Freshness, status.Premium);
        QueueJson.WriteCounts(json, status.Queue);
        JsonFields.Write(json, "workerSeen", status.WorkerSeen);
        WriteCost(json, status.Cost);
        JobJson.WriteAll(json, status.Jobs);
        WriteAlerts(json, status.Alerts);
        RunJson.WriteLast(json, status.LastRun);
        json.WriteEndObject();
    }

    private static void WriteSources(Utf8JsonWriter json, IReadOnlyList<(string Name, string? Place)> sources)
    {
        json.WriteStartArray("sources");
        foreach (var (name, place) in sources)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("place", place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIndex(Utf8JsonWriter json, StatusReport status)
    {
        var (index, vectors) = (status.Index, status.Vectors);
        json.WriteStartObject("index");
        json.WriteString("location", index?.Binding.Location ?? PipelineIdentity.InStore);
        json.WriteNumber("pending", index?.Pending ?? 0);
        json.WriteNumber("documents", index?.Documents ?? 0);
        JsonFields.Write(json, "oldest", index?.Oldest);
        if (status.IndexFault is { } fault)
        {
            FailureJson.WriteOrNull(json, RunFailure.Of(fault));
        }

        if (vectors is not null)
        {
            json.WriteNumber("inGraph", vectors.InGraph);
            json.WriteNumber("scanned", vectors.Scanned);
            json.WriteNumber("dead", Math.Round(vectors.Dead, 3));
            WriteBuild(json, vectors.Building);
        }

        json.WriteEndObject();
    }

    private static void WriteBuild(Utf8JsonWriter json, IndexBuild? build)
    {
        if (build is null)
        {
            json.WriteNull("building");
            return;
        }

        json.WriteStartObject("building");
        json.WriteString("phase", build.Phase);
        json.WriteNumber("done", build.Done);
        json.WriteNumber("total", build.Total);
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
            JsonFields.Write(json, "since", entry.Since);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFreshness(Utf8JsonWriter json, FreshnessReport freshness, FreshnessReport? premium)
    {
        json.WriteStartObject("freshness");
        WriteMembers(json, freshness);
        if (premium is not null)
        {
            json.WriteStartObject("premium");
            WriteSeconds(json, "slaSeconds", premium.Sla);
            WriteSeconds(json, "p50", premium.P50);
            WriteSeconds(json, "p95", premium.P95);
            WriteSeconds(json, "p99", premium.P99);
            json.WriteNumber("changes", premium.Changes);
            json.WriteBoolean("breached", premium.Breached);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>How late the index follows, in an object that is begun.</summary>
    /// <param name="json">In an object.</param>
    /// <param name="freshness">Of a namespace.</param>
    public static void WriteMembers(Utf8JsonWriter json, FreshnessReport freshness)
    {
        WriteSeconds(json, "slaSeconds", freshness.Sla);
        WriteSeconds(json, "p50", freshness.P50);
        WriteSeconds(json, "p95", freshness.P95);
        WriteSeconds(json, "p99", freshness.P99);
        json.WriteNumber("changes", freshness.Changes);
        WriteSeconds(json, "windowSeconds", freshness.Window);
        WriteSeconds(json, "lastCompleteSyncAge", freshness.LastCompleteSyncAge);
        json.WriteBoolean("breached", freshness.Breached);
    }

    private static void WriteCost(Utf8JsonWriter json, CostReport cost)
    {
        json.WriteStartObject("cost");
        JsonFields.WriteMoney(json, "month", cost.Paid.PricedCost);
        JsonFields.WriteMoney(json, "budget", cost.Budget);
        json.WriteString("currency", TokenPrice.Currency);
        LedgerJson.WriteUsage(json, cost.Paid);
        json.WriteNumber("unpricedTokens", cost.Paid.UnpricedTokens);
        json.WriteEndObject();
    }

    /// <summary>The member <c>alerts</c>.</summary>
    internal static void WriteAlerts(Utf8JsonWriter json, IReadOnlyList<Alert> alerts)
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

    /// <summary>To a millisecond: ages and lags are no finer.</summary>
    private static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan? time) =>
        JsonFields.Write(json, name, time is { } known ? Math.Round(known.TotalSeconds, 3) : (double?)null);
}
