using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Tidemark.ProviderServer;

/// <summary>Writes the JSON of an answer.</summary>
internal static class ProviderAnswer
{
    public static byte[] Write(ProviderRequest request, ProviderReply.Vectors reply, float[][] vectors, long tokens)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("object", "list");
            json.WriteStartArray("data");
            var places = Enumerable.Range(0, vectors.Length);
            foreach (var place in reply.Reversed ? places.Reverse() : places)
            {
                WriteEntry(json, request, reply, vectors[place], place);
            }

            json.WriteEndArray();
            json.WriteString("model", request.Model);
            var usage = reply.Usage ?? $$$"""{"prompt_tokens":{{{tokens}}},"total_tokens":{{{tokens}}}}""";
            if (usage.Length > 0)
            {
                json.WritePropertyName("usage");
                json.WriteRawValue(usage);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteEntry(
        Utf8JsonWriter json, ProviderRequest request, ProviderReply.Vectors reply, float[] vector, int place)
    {
        json.WriteStartObject();
        json.WriteString("object", "embedding");
        if (reply.Index(place) is { } index)
        {
            json.WriteNumber("index", index);
        }

        json.WritePropertyName("embedding");
        if (reply.Float ?? request.Encoding != "base64")
        {
            var numbers = new StringBuilder("[");
            numbers.AppendJoin(',', vector.Select(x => x.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
            json.WriteRawValue(numbers.Append(']').ToString(), skipInputValidation: true);
        }
        else
        {
            json.WriteBase64StringValue(MemoryMarshal.AsBytes(vector.AsSpan()));
        }

        json.WriteEndObject();
    }
}
