using System.Text.Json;
using Tidemark.Lifecycle;

namespace Tidemark.Wire;

/// <summary>What became of the documents between two runs, as <c>diff</c> prints it.</summary>
public static class RunDifferenceJson
{
    /// <summary>Writes one object, its documents by id.</summary>
    public static void Write(Utf8JsonWriter json, RunDifference difference)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(difference);
        json.WriteStartObject();
        json.WriteNumber("from", difference.From);
        json.WriteNumber("to", difference.To);
        json.WriteStartArray("documents");
        foreach (var document in difference.Documents)
        {
            Write(json, document);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DocumentDifference document)
    {
        json.WriteStartObject();
        json.WriteString("document", document.Document);
        json.WriteString("change", document.Change);
        if (document.From is { } from)
        {
            json.WriteString("from", from);
        }

        json.WriteStartObject("chunks");
        json.WriteNumber("added", document.Chunks.Added);
        json.WriteNumber("deleted", document.Chunks.Deleted);
        json.WriteNumber("unchanged", document.Chunks.Unchanged);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
