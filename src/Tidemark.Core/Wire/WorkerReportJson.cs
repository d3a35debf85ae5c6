using System.Text.Json;
using Tidemark.Streaming;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What <c>worker</c> prints: all its runs as one, in the form of a sync's report, with what became of the changes.</summary>
public static class WorkerReportJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, WorkerReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        RunReportJson.WriteMembers(json, report.Total);
        json.WriteNumber("runs", report.Runs);
        json.WriteStartObject("queued");
        json.WriteNumber("claimed", report.Changes.Claimed);
        json.WriteNumber("done", report.Changes.Done);
        json.WriteNumber("retried", report.Changes.Retried);
        json.WriteNumber("dead", report.Changes.Dead);
        json.WriteNumber("lost", report.Changes.Lost);
        json.WriteNumber("released", report.Changes.Released);
        json.WriteEndObject();
        QueueJson.WriteCounts(json, report.Queue);
        json.WriteEndObject();
    }
}
