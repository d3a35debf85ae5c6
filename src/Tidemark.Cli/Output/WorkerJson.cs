using System.Text.Json;
using Tidemark.Streaming;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>All runs of a worker as one, in the form of a sync's report, with what became of the changes.</summary>
internal static class WorkerJson
{
    public static void Write(Utf8JsonWriter json, WorkerReport report)
    {
        json.WriteStartObject();
        SyncReportJson.WriteMembers(json, report.Total);
        json.WriteNumber("runs", report.Runs);
        json.WriteStartObject("queued");
        json.WriteNumber("claimed", report.Changes.Claimed);
        json.WriteNumber("done", report.Changes.Done);
        json.WriteNumber("retried", report.Changes.Retried);
        json.WriteNumber("dead", report.Changes.Dead);
        json.WriteNumber("lost", report.Changes.Lost);
        json.WriteNumber("released", report.Changes.Released);
        json.WriteEndObject();
        json.WritePropertyName("queue");
        QueueJson.WriteCounts(json, report.Queue);
        json.WriteEndObject();
    }
}
