using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tidemark.Documents;

/// <summary>Brings a JSON object into the one form that <see cref="DocumentMetadata"/> compares.</summary>
public static class MetadataCanonicalizer
{
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    /// <summary>Merges objects, later ones win key by key; <paramref name="except"/> names top-level keys to leave out.</summary>
    public static DocumentMetadata Merge(IEnumerable<JsonElement> objects, Func<string, bool>? except = null)
    {
        var properties = new List<Property>();
        foreach (var element in objects)
        {
            Collect(properties, element, except);
        }

        return Write(properties);
    }

    /// <summary>The fields of an object but those left out, and over them all the fields of another one.</summary>
    public static DocumentMetadata Merge(JsonElement lower, Func<string, bool> exceptOfLower, JsonElement? upper)
    {
        var properties = new List<Property>();
        Collect(properties, lower, exceptOfLower);
        if (upper is { } over)
        {
            Collect(properties, over, except: null);
        }

        return Write(properties);
    }

    /// <exception cref="JsonException">The text is not one JSON object.</exception>
    public static DocumentMetadata Parse(string json)
    {
        using var parsed = JsonDocument.Parse(json, JsonNesting.Parsing);
        return Of(parsed.RootElement);
    }

    /// <exception cref="JsonException">The element is not an object.</exception>
    public static DocumentMetadata Of(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? Merge([element])
        : throw new JsonException("metadata is not a JSON object");

    private static DocumentMetadata Write(List<Property> properties)
    {
        if (properties.Count == 0)
        {
            return DocumentMetadata.Empty;
        }

        var buffer = t_buffer ??= new ArrayBufferWriter<byte>(1_024);
        var writer = t_writer ??= new Utf8JsonWriter(buffer, Compact);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        WriteObject(writer, properties);
        writer.Flush();
        return new DocumentMetadata(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void Collect(List<Property> properties, JsonElement element, Func<string, bool>? except)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = property.Name;
            if (except?.Invoke(name) != true)
            {
                properties.Add(new Property(name, properties.Count, property.Value));
            }
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, List<Property> properties)
    {
        properties.Sort();
        writer.WriteStartObject();
        for (var i = 0; i < properties.Count; i++)
        {
            // Of those with the same name, the last one given counts.
            if (i + 1 == properties.Count || properties[i + 1].Name != properties[i].Name)
            {
                writer.WritePropertyName(properties[i].Name);
                WriteValue(writer, properties[i].Value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var properties = new List<Property>();
                Collect(properties, value, except: null);
                WriteObject(writer, properties);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var inner in value.EnumerateArray())
                {
                    WriteValue(writer, inner);
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

    private readonly record struct Property(string Name, int Order, JsonElement Value) : IComparable<Property>
    {
        public int CompareTo(Property other)
        {
            var byName = string.CompareOrdinal(Name, other.Name);
            return byName != 0 ? byName : Order.CompareTo(other.Order);
        }
    }
}
