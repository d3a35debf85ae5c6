using System.Text.Json;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What was done to documents, as scripts read it.</summary>
public static class LifecycleReportJson
{
    /// <summary>One object.</summary>
    public static void Write(Utf8JsonWriter json, LifecycleReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        JsonFields.Write(json, "run", report.Run);
        json.WriteString("outcome", RunOutcomeName.Of(report.Outcome));
        json.WriteNumber("documents", report.Documents);
        json.WriteNumber("chunks", report.Chunks);
        json.WriteBoolean("dryRun", report.DryRun);
        json.WriteNumber("embeddingCalls", report.EmbeddingCalls);
        json.WriteNumber("held", report.Held);
        FailureJson.Write(json, report.Errors);
        json.WriteEndObject();
    }
}
