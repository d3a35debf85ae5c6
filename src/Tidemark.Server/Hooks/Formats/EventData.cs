using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks.Formats;

/// <summary>The data of a CloudEvent, from their bytes to what pointers lead to: JSON as it is, text as a text, all else as base64. Pure.</summary>
internal static class EventData
{
    /// <param name="json">Gets <c>data</c>, or <c>data_base64</c>.</param>
    /// <param name="contentType">Of the data; empty: they are JSON, as CloudEvents have it.</param>
    /// <param name="bytes">The data.</param>
    /// <exception cref="EventFault">They are not what their type says.</exception>
    public static void Write(Utf8JsonWriter json, string contentType, ReadOnlyMemory<byte> bytes)
    {
        var type = MediaTypeHeaderValue.TryParse(contentType, out var given) ? given : null;
        if (IsJson(type))
        {
            json.WritePropertyName("data");
            EventJson.Parse(bytes).WriteTo(json);
        }
        else if (type!.Type.Equals("text", StringComparison.OrdinalIgnoreCase))
        {
            json.WriteString("data", Text(bytes.Span));
        }
        else
        {
            json.WriteBase64String("data_base64", bytes.Span);
        }
    }

    private static bool IsJson(MediaTypeHeaderValue? type) => type is null
        || type.SubTypeWithoutSuffix.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private static string Text(ReadOnlySpan<byte> body)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException)
        {
            throw new EventFault("its data are no UTF-8", "have the sender send text as UTF-8");
        }
    }
}
