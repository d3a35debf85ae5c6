using System.Text.Json;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>A document as <c>list</c> prints it, or with its chunks as <c>show</c> does.</summary>
public static class DocumentJson
{
    /// <summary>Writes one object; of its chunks it says how many there are.</summary>
    public static void Write(Utf8JsonWriter json, DocumentSummary document)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(document);
        json.WriteStartObject();
        WriteMembers(json, document);
        json.WriteNumber("chunks", document.Chunks);
        json.WriteEndObject();
    }

    /// <summary>Writes one object with the document's chunks.</summary>
    public static void Write(Utf8JsonWriter json, DocumentSummary document, IEnumerable<IndexedChunk> chunks)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(chunks);
        json.WriteStartObject();
        WriteMembers(json, document);
        json.WriteStartArray("chunks");
        foreach (var chunk in chunks)
        {
            Write(json, chunk);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, DocumentSummary document)
    {
        json.WriteString("document", document.Id);
        json.WriteString("source", document.Source);
        json.WriteString("sourceId", document.SourceId);
        json.WriteString("textHash", document.TextHash.ToString());
        JsonFields.Write(json, "version", document.Version.Number);
        JsonFields.Write(json, "modifiedAt", document.Version.ModifiedAt);
        JsonFields.Write(json, "expiresAt", document.ExpiresAt);
        json.WriteString("tier", document.Tier);
        json.WriteNumber("sequence", document.Sequence);
        json.WriteNumber("run", document.Run);
        JsonFields.Write(json, "updatedAt", document.UpdatedAt);
        JsonFields.WriteMetadata(json, document.Metadata);
    }

    private static void Write(Utf8JsonWriter json, IndexedChunk chunk)
    {
        json.WriteStartObject();
        json.WriteString("id", chunk.Id);
        json.WriteNumber("ordinal", chunk.Ordinal);
        json.WriteString("input", chunk.Input.ToString());
        json.WriteNumber("occurrence", chunk.Occurrence);
        json.WriteString("heading", chunk.Heading);
        json.WriteString("text", chunk.Text);
        json.WriteEndObject();
    }
}
