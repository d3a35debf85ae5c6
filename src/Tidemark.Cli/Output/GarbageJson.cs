using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

internal static class GarbageJson
{
    public static void Write(Utf8JsonWriter json, GarbageReport report)
    {
        json.WriteStartObject();
        json.WriteNumber("documents", report.Documents);
        json.WriteNumber("chunks", report.Chunks);
        json.WriteNumber("embeddings", report.Embeddings);
        json.WriteNumber("bytes", report.Bytes);
        json.WriteBoolean("dryRun", report.DryRun);
        json.WriteEndObject();
    }
}
