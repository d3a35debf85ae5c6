using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Wire;

/// <summary>What <c>gc</c> prints.</summary>
public static class GarbageReportJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, GarbageReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        json.WriteNumber("documents", report.Documents);
        json.WriteNumber("chunks", report.Chunks);
        json.WriteNumber("embeddings", report.Embeddings);
        json.WriteNumber("bytes", report.Bytes);
        if (report.Runs is { } runs)
        {
            json.WriteNumber("runs", runs);
        }
        else
        {
            json.WriteNull("runs");
        }

        json.WriteBoolean("dryRun", report.DryRun);
        if (report.Reindexed is { } made)
        {
            json.WriteNumber("reindexed", made);
        }

        if (report.Size is var (before, after))
        {
            json.WriteStartObject("size");
            json.WriteNumber("before", before);
            json.WriteNumber("after", after);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
