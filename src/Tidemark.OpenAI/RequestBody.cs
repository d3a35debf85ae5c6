using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tidemark.OpenAI;

/// <summary>The JSON of <c>POST /embeddings</c>.</summary>
internal static class RequestBody
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="dimensions">Null: not asked for.</param>
    public static BinaryData Write(OpenAIOptions options, IReadOnlyList<string> texts, int? dimensions)
    {
        var buffer = new ArrayBufferWriter<byte>(texts.Sum(text => text.Length + 3) + 256);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("model", options.Model);
            json.WriteString("encoding_format", options.FloatEncoding ? "float" : "base64");
            if (dimensions is { } wanted)
            {
                json.WriteNumber("dimensions", wanted);
            }

            json.WriteStartArray("input");
            foreach (var text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return BinaryData.FromBytes(buffer.WrittenMemory);
    }
}
