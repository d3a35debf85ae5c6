using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing.History;

/// <summary>Members of a kind, each written in one way wherever it stands.</summary>
internal static class JsonFields
{
    public static void Write(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, Math.Round(known, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Write(Utf8JsonWriter json, string name, DateTimeOffset? value) =>
        json.WriteString(name, value is { } known ? Rfc3339.Of(known) : null);

    public static void Write(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>How long a call took.</summary>
    public static void WriteElapsed(Utf8JsonWriter json, TimeSpan elapsed) =>
        Write(json, "elapsedSeconds", elapsed.TotalSeconds);

    /// <summary>USD; null where it is not known.</summary>
    public static void WriteMoney(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteMetadata(Utf8JsonWriter json, DocumentMetadata metadata)
    {
        json.WritePropertyName("metadata");
        json.WriteRawValue(metadata.Json, skipInputValidation: true);
    }
}
