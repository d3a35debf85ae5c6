using System.Text.Json;
using Tidemark.Queueing;
using Tidemark.Streaming;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

internal static class QueueJson
{
    public static void WriteCounts(Utf8JsonWriter json, QueueCounts counts)
    {
        json.WriteStartObject();
        WriteMembers(json, counts);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, EnqueueReport report)
    {
        json.WriteStartObject();
        json.WriteString("namespace", report.Namespace);
        json.WriteNumber("seen", report.Seen);
        json.WriteNumber("enqueued", report.Changes.Added + report.Changes.Coalesced);
        json.WriteNumber("coalesced", report.Changes.Coalesced);
        json.WriteNumber("outdated", report.Changes.Outdated);
        json.WriteNumber("failed", report.Failed);
        json.WritePropertyName("queue");
        WriteCounts(json, report.Queue);
        SyncReportJson.WriteErrors(json, report.Errors);
        json.WriteNumber("elapsedSeconds", Math.Round(report.Elapsed.TotalSeconds, 6));
        json.WriteEndObject();
    }

    public static void WriteStatus(
        Utf8JsonWriter json, string @namespace, QueueCounts counts, IReadOnlyList<QueuedChange> dead, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("namespace", @namespace);
        WriteMembers(json, counts);
        JsonValues.Write(json, "oldestAge", counts.OldestAt is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : (double?)null);
        json.WriteStartArray("deadLetters");
        foreach (var change in dead)
        {
            Write(json, change);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteRetried(Utf8JsonWriter json, string @namespace, IReadOnlyList<string> documents)
    {
        json.WriteStartObject();
        json.WriteString("namespace", @namespace);
        json.WriteNumber("retried", documents.Count);
        json.WriteStartArray("documents");
        foreach (var document in documents)
        {
            json.WriteStringValue(document);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteDropped(Utf8JsonWriter json, string @namespace, long dropped)
    {
        json.WriteStartObject();
        json.WriteString("namespace", @namespace);
        json.WriteNumber("dropped", dropped);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, QueueCounts counts)
    {
        json.WriteNumber("pending", counts.Pending);
        json.WriteNumber("leased", counts.Leased);
        json.WriteNumber("dead", counts.Dead);
    }

    private static void Write(Utf8JsonWriter json, QueuedChange change)
    {
        json.WriteStartObject();
        json.WriteString("document", change.Document);
        json.WriteString("source", change.Source);
        json.WriteString("change", change.IsDelete ? "delete" : "upsert");
        json.WriteNumber("attempts", change.Attempts);
        json.WriteString("code", change.Failure?.Code);
        json.WriteString("message", change.Failure?.Message);
        json.WriteString("remedy", change.Failure?.Remedy);
        json.WriteString("enqueuedAt", Units.Rfc3339(change.EnqueuedAt));
        json.WriteEndObject();
    }
}
