using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tidemark.Documents;

/// <summary>Brings a JSON object into the one form that <see cref="DocumentMetadata"/> compares.</summary>
public static class MetadataCanonicalizer
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Merges objects, later ones win key by key; <paramref name="except"/> names top-level keys to leave out.</summary>
    public static DocumentMetadata Merge(IEnumerable<JsonElement> objects, Func<string, bool>? except = null)
    {
        var merged = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in objects.SelectMany(o => o.EnumerateObject()))
        {
            merged[property.Name] = property.Value;
        }

        if (except is not null)
        {
            foreach (var key in merged.Keys.Where(except).ToArray())
            {
                merged.Remove(key);
            }
        }

        return FromProperties(merged);
    }

    /// <param name="properties">Top-level values by name; already sorted by ordinal.</param>
    public static DocumentMetadata FromProperties(SortedDictionary<string, JsonElement> properties)
    {
        if (properties.Count == 0)
        {
            return DocumentMetadata.Empty;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in properties)
            {
                writer.WritePropertyName(name);
                WriteCanonical(writer, value);
            }

            writer.WriteEndObject();
        }

        return new DocumentMetadata(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <exception cref="JsonException">The text is not one JSON object.</exception>
    public static DocumentMetadata Parse(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        return parsed.RootElement.ValueKind == JsonValueKind.Object
            ? Merge([parsed.RootElement])
            : throw new JsonException("metadata is not a JSON object");
    }

    private static void WriteCanonical(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var sorted = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var property in value.EnumerateObject())
                {
                    sorted[property.Name] = property.Value;
                }

                writer.WriteStartObject();
                foreach (var (name, inner) in sorted)
                {
                    writer.WritePropertyName(name);
                    WriteCanonical(writer, inner);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var inner in value.EnumerateArray())
                {
                    WriteCanonical(writer, inner);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            default:
                writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                break;
        }
    }
}
