using System.Text.Json;
using Tidemark.Syncing.History;
using Tidemark.Verifying;

namespace Tidemark.Wire;

/// <summary>What <c>verify</c> prints.</summary>
public static class VerifyReportJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, VerifyReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        json.WriteBoolean("inSync", report.InSync);
        json.WriteNumber("documents", report.Documents);
        json.WriteNumber("chunks", report.Chunks);
        json.WriteNumber("records", report.Records);
        json.WriteNumber("vectors", report.Vectors);
        json.WriteNumber("keywords", report.Keywords);
        json.WriteNumber("missing", report.Missing);
        json.WriteNumber("lostEmbeddings", report.LostEmbeddings);
        json.WriteNumber("orphaned", report.Orphaned);
        json.WriteNumber("stale", report.Stale);
        json.WriteNumber("corrupt", report.Corrupt);
        json.WriteNumber("sourceMissing", report.Source.Missing);
        json.WriteNumber("sourceExtra", report.Source.Extra);
        json.WriteNumber("sourceChanged", report.Source.Changed);
        json.WriteNumber("sourceOutdated", report.Source.Outdated);
        json.WriteNumber("sourceFailed", report.Source.Failed);
        json.WriteNumber("repaired", report.Repaired);
        if (report.Synced is { } synced)
        {
            json.WriteStartObject("synced");
            json.WriteNumber("added", synced.Added);
            json.WriteNumber("updated", synced.Updated);
            json.WriteNumber("deleted", synced.Deleted);
            json.WriteEndObject();
        }

        json.WriteNumber("embeddingCalls", report.EmbeddingCalls);
        FailureJson.Write(json, report.Errors);
        FailureJson.Write(json, report.Warnings);
        json.WriteEndObject();
    }
}
