using System.Text.Json;
using Tidemark.Streaming;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What <c>enqueue</c> prints.</summary>
public static class EnqueueReportJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, EnqueueReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        json.WriteString("namespace", report.Namespace);
        json.WriteNumber("seen", report.Seen);
        json.WriteNumber("enqueued", report.Changes.Added + report.Changes.Coalesced);
        json.WriteNumber("coalesced", report.Changes.Coalesced);
        json.WriteNumber("outdated", report.Changes.Outdated);
        json.WriteNumber("forgotten", report.Forgotten);
        json.WriteNumber("failed", report.Failed);
        QueueJson.WriteCounts(json, report.Queue);
        FailureJson.Write(json, report.Errors);
        JsonFields.WriteElapsed(json, report.Elapsed);
        json.WriteEndObject();
    }
}
