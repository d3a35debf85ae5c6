using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidemark.Documents;

/// <summary>Metadata from values of a program.</summary>
internal static class MetadataFields
{
    public static DocumentMetadata Write((string Name, object? Value)[] fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                json.WritePropertyName(name);
                Write(json, name, value);
            }

            json.WriteEndObject();
        }

        using var parsed = JsonDocument.Parse(buffer.WrittenMemory, JsonNesting.Parsing);
        return MetadataCanonicalizer.Of(parsed.RootElement);
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case JsonNode node:
                node.WriteTo(json);
                break;
            case IEnumerable values:
                json.WriteStartArray();
                foreach (var inner in values)
                {
                    Write(json, name, inner);
                }

                json.WriteEndArray();
                break;
            default:
                WriteScalar(json, name, value);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case Enum choice:
                json.WriteStringValue(choice.ToString());
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case decimal or byte or sbyte or short or ushort or int or uint or long or ulong:
                json.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case DateTime or DateTimeOffset or DateOnly or TimeOnly:
                json.WriteStringValue(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture));
                break;
            case Guid or Uri:
                json.WriteStringValue(value.ToString());
                break;
            default:
                throw new ArgumentException(
                    $"the metadata field '{name}' is a '{value.GetType()}': give text, a boolean, a finite number, a time, or a list of these",
                    nameof(value));
        }
    }
}
