using System.Text.Json;
using Tidemark.Composition.Configuration;
using Tidemark.Composition.Trust;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

/// <summary><c>{"file","trusted","wants":[{"setting","value"}]}</c>; a list: <c>[{"file","at"}]</c>.</summary>
internal static class TrustJson
{
    public static void Write(Utf8JsonWriter json, string file, bool trusted, IReadOnlyList<ReachingSetting> wants)
    {
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteBoolean("trusted", trusted);
        WriteWants(json, wants);
        json.WriteEndObject();
    }

    public static void WriteWants(Utf8JsonWriter json, IReadOnlyList<ReachingSetting> wants)
    {
        json.WriteStartArray("wants");
        foreach (var setting in wants)
        {
            json.WriteStartObject();
            json.WriteString("setting", setting.Name);
            json.WriteString("value", setting.Shown);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<TrustedFile> files)
    {
        json.WriteStartArray();
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("file", file.Path);
            json.WriteString("at", Rfc3339.Of(file.At));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
