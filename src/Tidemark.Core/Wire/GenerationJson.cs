using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Wire;

/// <summary>The member <c>generation</c>.</summary>
internal static class GenerationJson
{
    /// <param name="json">Gets it.</param>
    /// <param name="generation">Null: there is none yet.</param>
    public static void Write(Utf8JsonWriter json, GenerationRecord? generation)
    {
        if (generation is null)
        {
            json.WriteNull("generation");
            return;
        }

        json.WriteStartObject("generation");
        json.WriteNumber("id", generation.Id);
        json.WriteString("space", generation.Pipeline.Space);
        json.WriteString("chunker", generation.Pipeline.Chunker);
        json.WriteString("state", generation.State == GenerationState.Active ? "active" : "building");
        json.WriteEndObject();
    }
}
