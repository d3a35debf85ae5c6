using System.Text.Json;
using Tidemark.Syncing;
using Tidemark.Verifying;

namespace Tidemark.Cli.Output;

internal static class VerifyJson
{
    public static void Write(Utf8JsonWriter json, VerifyReport report)
    {
        json.WriteStartObject();
        json.WriteBoolean("inSync", report.InSync);
        json.WriteNumber("documents", report.Documents);
        json.WriteNumber("chunks", report.Chunks);
        json.WriteNumber("records", report.Records);
        json.WriteNumber("vectors", report.Vectors);
        json.WriteNumber("keywords", report.Keywords);
        json.WriteNumber("missing", report.Missing);
        json.WriteNumber("orphaned", report.Orphaned);
        json.WriteNumber("stale", report.Stale);
        json.WriteNumber("corrupt", report.Corrupt);
        json.WriteNumber("sourceMissing", report.Source.Missing);
        json.WriteNumber("sourceExtra", report.Source.Extra);
        json.WriteNumber("sourceChanged", report.Source.Changed);
        json.WriteNumber("sourceOutdated", report.Source.Outdated);
        json.WriteNumber("sourceFailed", report.Source.Failed);
        json.WriteNumber("repaired", report.Repaired);
        json.WriteNumber("embeddingCalls", report.EmbeddingCalls);
        SyncReportJson.WriteErrors(json, report.Errors);
        json.WriteEndObject();
    }
}
