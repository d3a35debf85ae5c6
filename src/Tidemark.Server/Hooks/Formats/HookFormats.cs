using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks.Formats;

/// <summary>The one table of formats. Pure: a body that cannot be read is an event with a fault.</summary>
internal static class HookFormats
{
    public static IReadOnlyList<HookEvent> Read(HookFormat format, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        try
        {
            return format switch
            {
                HookFormat.Json => JsonFormat.Read(headers, body),
                HookFormat.CloudEvents => CloudEventsFormat.Read(headers, body),
                HookFormat.Debezium => DebeziumFormat.Read(headers, body),
                _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no such format"),
            };
        }
        catch (EventFault fault)
        {
            return [Faulty(headers, fault)];
        }
        catch (InvalidOperationException)
        {
            return [Faulty(headers, EventFault.NoUnicode)];
        }
    }

    public static HookEvent Faulty(IHeaderDictionary headers, EventFault fault) => new(null, new EventScope(default, headers)) { Fault = fault };

    /// <summary>The text of a member; null: it has none.</summary>
    public static string? TextOf(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Safe(value) : null;

    private static string? Safe(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
