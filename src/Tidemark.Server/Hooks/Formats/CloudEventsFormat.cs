using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks.Formats;

/// <summary>
/// CloudEvents 1.0.2 over HTTP: binary, structured (<c>application/cloudevents+json</c>) and batched
/// (<c>application/cloudevents-batch+json</c>). Whichever way one comes, pointers lead to the same: attributes at the root, and <c>/data</c>. Pure.
/// </summary>
internal static class CloudEventsFormat
{
    private const string Family = "application/cloudevents";
    private const string Structured = Family + "+json", Batched = Family + "-batch+json";

    /// <exception cref="EventFault">The body is none.</exception>
    public static IReadOnlyList<HookEvent> Read(IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var type = MediaTypeHeaderValue.TryParse(headers.ContentType.ToString(), out var given) ? given.MediaType.ToString().ToLowerInvariant() : "";
        return type switch
        {
            Structured => [EventOf(headers, EventJson.Parse(body))],
            Batched => BatchOf(headers, EventJson.Parse(body)),
            _ when type.StartsWith(Family, StringComparison.Ordinal) =>
                throw new EventFault($"CloudEvents as '{type}' are not read", "have the sender use the JSON format"),
            _ => [EventOf(headers, BinaryEvent.Read(headers, body))],
        };
    }

    private static IReadOnlyList<HookEvent> BatchOf(IHeaderDictionary headers, JsonElement batch) => batch.ValueKind == JsonValueKind.Array
        ? [.. batch.EnumerateArray().Select(one => EventOf(headers, one))]
        : throw new EventFault("the batch is no JSON list", "have the sender send a list of events, or one as 'application/cloudevents+json'");

    private static HookEvent EventOf(IHeaderDictionary headers, JsonElement one)
    {
        var fault = FaultOf(one);
        if (fault is null)
        {
            try
            {
                one = Unpacked(one);
            }
            catch (EventFault packed)
            {
                fault = packed;
            }
        }

        var id = fault is null ? $"{HookFormats.TextOf(one, "source")} {HookFormats.TextOf(one, "id")}" : HookFormats.TextOf(one, "id");
        return new HookEvent(id, new EventScope(one, headers)) { Fault = fault };
    }

    /// <summary>Data may be sent as base64 whatever they are; pointers lead to them all the same.</summary>
    /// <exception cref="EventFault">They are no base64, or not what their type says.</exception>
    private static JsonElement Unpacked(JsonElement one)
    {
        if (!one.TryGetProperty("data_base64", out var packed) || one.TryGetProperty("data", out _) || packed.ValueKind == JsonValueKind.Null)
        {
            return one;
        }

        if (packed.ValueKind != JsonValueKind.String || !packed.TryGetBytesFromBase64(out var bytes))
        {
            throw new EventFault("its 'data_base64' is no base64", "have the sender send what CloudEvents 1.0 has");
        }

        var written = new ArrayBufferWriter<byte>(bytes.Length + 1_024);
        using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartObject();
            foreach (var member in one.EnumerateObject().Where(member => member.Name != "data_base64"))
            {
                member.WriteTo(json);
            }

            EventData.Write(json, HookFormats.TextOf(one, "datacontenttype") ?? "", bytes);
            json.WriteEndObject();
        }

        return EventJson.Parse(written.WrittenMemory);
    }

    private static EventFault? FaultOf(JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object)
        {
            return new EventFault("it is no CloudEvent: no JSON object", "have the sender send events as CloudEvents 1.0 has them");
        }

        if (HookFormats.TextOf(one, "specversion") is var version and not "1.0")
        {
            return new EventFault(
                version is null ? "it is no CloudEvent: it has no 'specversion'" : $"it is a CloudEvent of version {EventFault.Shown(version)}, and 1.0 is read", "have the sender send CloudEvents 1.0");
        }

        return ((string[])["id", "source", "type"]).FirstOrDefault(name => string.IsNullOrEmpty(HookFormats.TextOf(one, name))) is { } missing
            ? new EventFault($"it is no CloudEvent: it has no '{missing}'", "have the sender send what CloudEvents 1.0 requires")
            : null;
    }
}
