using System.Text;
using System.Text.Json;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks.Formats;

/// <summary>A row in a change event of Debezium. Pure.</summary>
internal static class DebeziumRow
{
    /// <summary>What stands for a value that is stored apart and was not changed, of text and of bytes.</summary>
    private const string Unavailable = "__debezium_unavailable_value";

    private static readonly string UnavailableBytes = Convert.ToBase64String(Encoding.UTF8.GetBytes(Unavailable));

    /// <returns>Null: there is none.</returns>
    /// <exception cref="EventFault">It is a text, as MongoDB's are, and no JSON.</exception>
    public static JsonElement? Of(JsonElement side) => side.ValueKind switch
    {
        JsonValueKind.Object => side,
        JsonValueKind.String when EventJson.Parse(Encoding.UTF8.GetBytes(side.GetString()!)) is { ValueKind: JsonValueKind.Object } parsed => parsed,
        _ => null,
    };

    /// <summary>Whether a value, or any inside of it, was not sent.</summary>
    public static bool IsUnsent(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.ValueEquals(Unavailable) || value.ValueEquals(UnavailableBytes),
        JsonValueKind.Array => value.EnumerateArray().Any(IsUnsent),
        JsonValueKind.Object => value.EnumerateObject().Any(member => member.NameEquals(Unavailable) || IsUnsent(member.Value)),
        _ => false,
    };
}
