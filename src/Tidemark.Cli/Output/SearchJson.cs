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
        if (result.Degraded is { } degraded)
        {
            json.WriteString("degraded", degraded.ToString().ToLowerInvariant());
        }

        if (!result.IsComplete)
        {
            json.WriteBoolean("complete", false);
        }

        WriteHits(json, result);
        WriteWarnings(json, result);
        json.WriteEndObject();
    }

    private static void WriteHits(Utf8JsonWriter json, SearchResult result)
    {
        json.WriteStartArray("hits");
        foreach (var hit in result.Hits)
        {
            var chunk = hit.Chunk;
            json.WriteStartObject();
            json.WriteString("document", chunk.Document);
            json.WriteString("source", chunk.Source);
            json.WriteString("id", chunk.Id);
            json.WriteNumber("ordinal", chunk.Ordinal);
            if (hit.Lines is { } lines)
            {
                json.WriteStartArray("lines");
                json.WriteNumberValue(lines.First);
                json.WriteNumberValue(lines.Last);
                json.WriteEndArray();
            }
            else
            {
                json.WriteNull("lines");
            }

            json.WriteNumber("score", hit.Score);
            json.WriteString("heading", chunk.Heading);
            json.WriteString("text", chunk.Text);
            json.WritePropertyName("metadata");
            json.WriteRawValue(chunk.Metadata.Json, skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteWarnings(Utf8JsonWriter json, SearchResult result)
    {
        json.WriteStartArray("warnings");
        foreach (var warning in result.Warnings)
        {
            json.WriteStartObject();
            json.WriteString("item", warning.Item);
            json.WriteString("code", warning.Code);
            json.WriteString("message", warning.Message);
            json.WriteString("remedy", warning.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
