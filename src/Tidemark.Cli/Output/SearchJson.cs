using System.Text.Json;
using Tidemark.Searching;

namespace Tidemark.Cli.Output;

internal static class SearchJson
{
    public static void Write(Utf8JsonWriter json, SearchResult result)
    {
        json.WriteStartObject();
        json.WriteString("query", result.Query);
        json.WriteString("space", result.Space);
        json.WriteNumber("generation", result.Generation);
        json.WriteStartArray("hits");
        foreach (var (chunk, score) in result.Hits)
        {
            json.WriteStartObject();
            json.WriteString("document", chunk.Document);
            json.WriteString("source", chunk.Source);
            json.WriteString("id", chunk.Id);
            json.WriteNumber("ordinal", chunk.Ordinal);
            json.WriteNumber("score", score);
            json.WriteString("heading", chunk.Heading);
            json.WriteString("text", chunk.Text);
            json.WritePropertyName("metadata");
            json.WriteRawValue(chunk.Metadata.Json, skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
