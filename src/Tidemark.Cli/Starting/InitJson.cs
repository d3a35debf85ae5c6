using System.Text.Json;
using Tidemark.Composition.Configuration;
using Tidemark.Wire;

namespace Tidemark.Cli.Starting;

internal static class InitJson
{
    public static void Write(Utf8JsonWriter json, FolderSurvey found)
    {
        json.WriteStartObject();
        json.WriteString("file", ConfigurationFile.Name);
        Write(json, "sources", found.Sources);
        Write(json, "leftOut", found.LeftOut);
        json.WriteStartArray("unusable");
        foreach (var name in found.Unusable)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        SyncReportJson.WriteNotTaken(json, found.NotTaken);
        json.WriteNumber("withoutText", found.WithoutText);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<FoundSource> sources)
    {
        json.WriteStartArray(name);
        foreach (var source in sources)
        {
            json.WriteStartObject();
            json.WriteString("path", source.Path);
            json.WriteString("type", source.Type == SourceType.Directory ? "directory" : "jsonl");
            json.WriteNumber("files", source.Files);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
