using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

/// <summary>A document for <c>list</c>; with its chunks for <c>show</c>; a chunk for <c>export</c>.</summary>
internal static class DocumentJson
{
    /// <param name="chunks">Null: only their number.</param>
    public static void Write(Utf8JsonWriter json, DocumentSummary document, IReadOnlyList<IndexedChunk>? chunks)
    {
        json.WriteStartObject();
        json.WriteString("document", document.Id);
        json.WriteString("source", document.Source);
        json.WriteString("sourceId", document.SourceId);
        json.WriteString("textHash", document.TextHash.ToString());
        JsonValues.Write(json, "version", document.Version.Number);
        JsonValues.Write(json, "modifiedAt", document.Version.ModifiedAt);
        JsonValues.Write(json, "expiresAt", document.ExpiresAt);
        json.WriteString("tier", document.Tier);
        json.WriteNumber("sequence", document.Sequence);
        json.WriteNumber("run", document.Run);
        json.WriteString("updatedAt", Units.Rfc3339(document.UpdatedAt));
        json.WritePropertyName("metadata");
        json.WriteRawValue(document.Metadata.Json, skipInputValidation: true);
        if (chunks is null)
        {
            json.WriteNumber("chunks", document.Chunks);
        }
        else
        {
            WriteChunks(json, chunks);
        }

        json.WriteEndObject();
    }

    private static void WriteChunks(Utf8JsonWriter json, IReadOnlyList<IndexedChunk> chunks)
    {
        json.WriteStartArray("chunks");
        foreach (var chunk in chunks)
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

        json.WriteEndArray();
    }
}
