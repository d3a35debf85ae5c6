using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Wire;

/// <summary>A generation: its number, how it was built, where it stands.</summary>
internal static class GenerationJson
{
    /// <summary>The member <c>generation</c>.</summary>
    /// <param name="json">Gets it.</param>
    /// <param name="generation">Null: there is none yet.</param>
    public static void Write(Utf8JsonWriter json, GenerationRecord? generation) => Write(json, "generation", generation);

    /// <summary>The same under another name.</summary>
    public static void Write(Utf8JsonWriter json, string name, GenerationRecord? generation)
    {
        if (generation is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        WriteMembers(json, generation);
        json.WriteEndObject();
    }

    /// <summary>Its members, in an object that is begun.</summary>
    public static void WriteMembers(Utf8JsonWriter json, GenerationRecord generation)
    {
        json.WriteNumber("id", generation.Id);
        json.WriteString("space", generation.Pipeline.Space);
        json.WriteString("chunker", generation.Pipeline.Chunker);
        json.WriteString("stemming", generation.Pipeline.Stemming);
        json.WriteString("state", NameOf(generation.State));
    }

    private static string NameOf(GenerationState state) => state switch
    {
        GenerationState.Active => "active",
        GenerationState.Previous => "previous",
        _ => "building",
    };
}
