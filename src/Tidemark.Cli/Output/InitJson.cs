using System.Text.Json;
using Tidemark.Composition.Configuration;
using Tidemark.Wire;

namespace Tidemark.Cli.Output;

internal static class InitJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<FoundSource> sources, IReadOnlyDictionary<string, long> notTaken, long withoutText)
    {
        json.WriteStartObject();
        json.WriteString("file", ConfigurationFile.Name);
        json.WriteStartArray("sources");
        foreach (var source in sources)
        {
            json.WriteStartObject();
            json.WriteString("path", source.Path);
            json.WriteString("type", source.Type == SourceType.Directory ? "directory" : "jsonl");
            json.WriteNumber("files", source.Files);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        SyncReportJson.WriteNotTaken(json, notTaken);
        json.WriteNumber("withoutText", withoutText);
        json.WriteEndObject();
    }
}
