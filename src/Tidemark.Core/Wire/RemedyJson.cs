using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tidemark.Wire;

/// <summary>Whatever is written as JSON, told in a shell's words.</summary>
public static class RemedyJson
{
    /// <summary>Of a writer, which is more than any document may bring along.</summary>
    private const int MostNesting = 1000;

    /// <summary>A document in which <c>remedy</c>, <c>message</c>, <c>notes</c> and <c>trouble</c> have the shell's words; of metadata nothing is touched.</summary>
    /// <param name="json">One document, UTF-8; a report of the history in it may be of any age.</param>
    /// <param name="remedy">The shell's words for a remedy, or for a note: <see cref="RemedyWords.Of"/>.</param>
    /// <param name="message">The same for a message; null: as for remedies.</param>
    /// <param name="encoder">Of what is said otherwise; null: as <see cref="TidemarkJson.WriterOptions"/> write.</param>
    /// <returns>The same memory where nothing had to be said otherwise.</returns>
    public static ReadOnlyMemory<byte> In(
        ReadOnlyMemory<byte> json, Func<string, string> remedy, Func<string, string>? message = null, JavaScriptEncoder? encoder = null)
    {
        ArgumentNullException.ThrowIfNull(remedy);
        var span = json.Span;
        if (!Speaks(span))
        {
            return json;
        }

        var reader = new Utf8JsonReader(span, new JsonReaderOptions { MaxDepth = MostNesting });
        var said = new ArrayBufferWriter<byte>(span.Length + 256);
        var copied = 0;
        Func<string, string>? words = null;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.ValueTextEquals("metadata"u8):
                    reader.Skip();
                    break;
                case JsonTokenType.PropertyName:
                    words = reader.ValueTextEquals("remedy"u8) || reader.ValueTextEquals("notes"u8) || reader.ValueTextEquals("trouble"u8) ? remedy
                        : reader.ValueTextEquals("message"u8) ? message ?? remedy
                        : null;
                    break;
                case JsonTokenType.String when words is not null && reader.GetString() is { } text && words(text) is var told && told != text:
                    var start = (int)reader.TokenStartIndex;
                    said.Write(span[copied..start]);
                    said.Write("\""u8);
                    said.Write(JsonEncodedText.Encode(told, encoder ?? TidemarkJson.WriterOptions.Encoder).EncodedUtf8Bytes);
                    said.Write("\""u8);
                    copied = (int)reader.BytesConsumed;
                    break;
                case JsonTokenType.EndArray or JsonTokenType.StartObject:
                    words = null;
                    break;
            }
        }

        if (copied == 0)
        {
            return json;
        }

        said.Write(span[copied..]);
        return said.WrittenMemory;
    }

    private static bool Speaks(ReadOnlySpan<byte> json) =>
        json.IndexOf("\"remedy\":"u8) >= 0 || json.IndexOf("\"trouble\":"u8) >= 0 || json.IndexOf("\"message\":"u8) >= 0 || json.IndexOf("\"notes\":"u8) >= 0;
}
