using System.Buffers;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks.Formats;

/// <summary>
/// A CloudEvent in binary mode, attributes in headers and the body its data, as the JSON format would have it. Attributes are called as the binding of HTTP
/// has them, or as that of AMQP, which brokers speak. Pure.
/// </summary>
internal static class BinaryEvent
{
    private const string Version = "specversion";

    /// <summary>Those of AMQP are texts as they are, with a colon or, where one is not allowed, an underscore.</summary>
    private static readonly (string Prefix, Func<string, string> Decode)[] Bindings =
        [("ce-", Decode), ("cloudEvents:", value => value), ("cloudEvents_", value => value)];

    /// <exception cref="EventFault">It is none.</exception>
    public static JsonElement Read(IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var (prefix, decode) = Array.Find(Bindings, binding => headers.ContainsKey(binding.Prefix + Version));
        if (prefix is null)
        {
            throw new EventFault(
                "it is no CloudEvent: neither its media type nor a header 'ce-specversion' says so", "have the sender send CloudEvents 1.0 over HTTP, or set the hook's 'format' to 'json'");
        }

        var written = new ArrayBufferWriter<byte>(body.Length + 1_024);
        using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartObject();
            foreach (var (name, values) in headers.Where(header => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                json.WriteString(name[prefix.Length..].ToLowerInvariant(), decode(values.ToString()));
            }

            WriteData(json, headers.ContentType.ToString(), body);
            json.WriteEndObject();
        }

        return EventJson.Parse(written.WrittenMemory);
    }

    private static void WriteData(Utf8JsonWriter json, string contentType, ReadOnlyMemory<byte> body)
    {
        if (contentType.Length > 0)
        {
            json.WriteString("datacontenttype", contentType);
        }

        if (body.IsEmpty)
        {
            return;
        }

        EventData.Write(json, contentType, body);
    }

    /// <summary>Attributes are percent-encoded UTF-8.</summary>
    private static string Decode(string value) => WebUtility.UrlDecode(value.Replace("+", "%2B", StringComparison.Ordinal));
}
