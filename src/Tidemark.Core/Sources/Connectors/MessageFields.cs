using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>Fields of messages, each with its type checked.</summary>
internal static class MessageFields
{
    public static string Text(JsonElement message, string field, string label) =>
        TextOrNull(message, field) is { Length: > 0 } text && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : throw BadRecord.Malformed(label, $"is no message of a connector: it has no '{field}'", "see what the connector writes, and ConnectorOptions.Format");

    public static string? TextOrNull(JsonElement message, string field) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static JsonElement Object(JsonElement message, string field, string label) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : throw BadRecord.WrongType(label, field, "an object");

    public static long? Number(JsonElement message, string field) =>
        message.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public static IReadOnlyList<string> Texts(JsonElement message, string field) =>
        message.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)]
            : [];
}
