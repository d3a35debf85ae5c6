using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

internal static class NamespaceJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<NamespaceSummary> namespaces)
    {
        json.WriteStartArray();
        foreach (var summary in namespaces)
        {
            json.WriteStartObject();
            json.WriteString("namespace", summary.Name);
            json.WriteNumber("documents", summary.Documents);
            json.WriteNumber("chunks", summary.Chunks);
            json.WriteNumber("sequence", summary.Sequence);
            json.WritePropertyName("generation");
            StatusJson.WriteGeneration(json, summary.Generation);
            JsonValues.Write(json, "lastCompleteSync", summary.LastCompleteSync);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteDropped(Utf8JsonWriter json, NamespaceSummary dropped)
    {
        json.WriteStartObject();
        json.WriteString("namespace", dropped.Name);
        json.WriteBoolean("dropped", true);
        json.WriteNumber("documents", dropped.Documents);
        json.WriteNumber("chunks", dropped.Chunks);
        json.WriteEndObject();
    }
}
