using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

/// <summary>One line of <c>export</c>, which <c>import</c> takes back.</summary>
internal static class ChunkLineJson
{
    /// <param name="space">Name of the embedding space; null: without the vector.</param>
    public static void Write(Utf8JsonWriter json, IndexedChunk chunk, string? space)
    {
        json.WriteStartObject();
        json.WriteString("document", chunk.Document);
        json.WriteString("source", chunk.Source);
        json.WriteNumber("ordinal", chunk.Ordinal);
        json.WriteString("id", chunk.Id);
        json.WriteString("text", chunk.Text);
        json.WritePropertyName("metadata");
        json.WriteRawValue(chunk.Metadata.Json, skipInputValidation: true);
        if (space is not null)
        {
            WriteVector(json, chunk, space);
        }

        json.WriteEndObject();
    }

    private static void WriteVector(Utf8JsonWriter json, IndexedChunk chunk, string space)
    {
        if (chunk.Vector is { } vector)
        {
            json.WriteStartArray("vector");
            foreach (var value in vector.Span)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("vector");
        }

        json.WriteString("space", space);
        json.WriteString("heading", chunk.Heading);
    }
}
