using System.Text.Json;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What <c>namespace list</c> and <c>namespace drop</c> print.</summary>
public static class NamespaceJson
{
    /// <summary>Writes an array with one object a namespace.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<NamespaceSummary> namespaces)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(namespaces);
        json.WriteStartArray();
        foreach (var summary in namespaces)
        {
            Write(json, summary);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, NamespaceSummary summary)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(summary);
        json.WriteStartObject();
        json.WriteString("namespace", summary.Name);
        json.WriteNumber("documents", summary.Documents);
        json.WriteNumber("chunks", summary.Chunks);
        json.WriteNumber("sequence", summary.Sequence);
        GenerationJson.Write(json, summary.Generation);
        JsonFields.Write(json, "lastCompleteSync", summary.LastCompleteSync);
        json.WriteEndObject();
    }

    /// <summary>Writes one object: what went with a namespace.</summary>
    public static void WriteDropped(Utf8JsonWriter json, NamespaceSummary dropped)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(dropped);
        json.WriteStartObject();
        json.WriteString("namespace", dropped.Name);
        json.WriteBoolean("dropped", true);
        json.WriteNumber("documents", dropped.Documents);
        json.WriteNumber("chunks", dropped.Chunks);
        json.WriteEndObject();
    }
}
