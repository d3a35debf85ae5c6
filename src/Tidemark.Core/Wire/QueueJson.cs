using System.Text.Json;
using Tidemark.Queueing;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What <c>queue status</c>, <c>queue retry</c> and <c>queue drop</c> print.</summary>
public static class QueueJson
{
    /// <summary>Writes one object: how many changes wait, and which have failed for the last time.</summary>
    /// <param name="json">Gets it.</param>
    /// <param name="namespace">Whose queue.</param>
    /// <param name="counts">What waits.</param>
    /// <param name="dead">Changes that have failed for the last time.</param>
    /// <param name="now">What the age of the oldest change is counted to.</param>
    public static void WriteStatus(
        Utf8JsonWriter json, string @namespace, QueueCounts counts, IEnumerable<QueuedChange> dead, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(dead);
        json.WriteStartObject();
        json.WriteString("namespace", @namespace);
        WriteMembers(json, counts);
        JsonFields.Write(json, "oldestAge", counts.OldestAt is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : (double?)null);
        json.WriteStartArray("deadLetters");
        foreach (var change in dead)
        {
            Write(json, change);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes one object: the documents whose changes are due again.</summary>
    public static void WriteRetried(Utf8JsonWriter json, string @namespace, IReadOnlyCollection<string> documents)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(documents);
        json.WriteStartObject();
        json.WriteString("namespace", @namespace);
        json.WriteNumber("retried", documents.Count);
        JsonFields.Write(json, "documents", documents);
        json.WriteEndObject();
    }

    /// <summary>Writes one object: how many changes were given up.</summary>
    public static void WriteDropped(Utf8JsonWriter json, string @namespace, long dropped)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString("namespace", @namespace);
        json.WriteNumber("dropped", dropped);
        json.WriteEndObject();
    }

    /// <summary>The member <c>queue</c>.</summary>
    internal static void WriteCounts(Utf8JsonWriter json, QueueCounts counts)
    {
        json.WriteStartObject("queue");
        WriteMembers(json, counts);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, QueueCounts counts)
    {
        json.WriteNumber("pending", counts.Pending);
        json.WriteNumber("leased", counts.Leased);
        json.WriteNumber("dead", counts.Dead);
    }

    /// <summary>Writes one object: a change that waits, or has failed for the last time.</summary>
    public static void Write(Utf8JsonWriter json, QueuedChange change)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(change);
        json.WriteStartObject();
        json.WriteString("document", change.Document);
        json.WriteString("source", change.Source);
        json.WriteString("change", change.IsDelete ? "delete" : "upsert");
        json.WriteNumber("attempts", change.Attempts);
        FailureJson.WriteMembers(json, change.Failure?.Code, change.Failure?.Message, change.Failure?.Remedy);
        JsonFields.Write(json, "enqueuedAt", change.EnqueuedAt);
        json.WriteEndObject();
    }
}
