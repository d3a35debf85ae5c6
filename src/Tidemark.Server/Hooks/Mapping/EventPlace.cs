using System.Text.Json;

namespace Tidemark.Server.Hooks.Mapping;

/// <summary>A place in an event: a pointer, or <c>header:NAME</c>; with a question mark behind it, it may lead to nothing.</summary>
internal sealed class EventPlace
{
    private const string HeaderPrefix = "header:";

    private readonly JsonPointer? _pointer;
    private readonly string _header;
    private readonly bool _isOptional;

    private EventPlace(JsonPointer? pointer, string header, bool isOptional) => (_pointer, _header, _isOptional) = (pointer, header, isOptional);

    /// <exception cref="FormatException">It is none.</exception>
    public static EventPlace Parse(string text)
    {
        var (isOptional, place) = text.EndsWith('?') ? (true, text[..^1]) : (false, text);
        if (!place.StartsWith(HeaderPrefix, StringComparison.Ordinal))
        {
            return new EventPlace(JsonPointer.Parse(place), "", isOptional);
        }

        return place.Length > HeaderPrefix.Length && place.All(char.IsAscii)
            ? new EventPlace(null, place[HeaderPrefix.Length..], isOptional)
            : throw new FormatException($"'{text}' names no header");
    }

    /// <returns>Null: nothing is there, and nothing has to be.</returns>
    /// <exception cref="EventFault">Nothing is there.</exception>
    public JsonElement? Find(EventScope scope, bool leavesOut = false) =>
        scope.Find(_pointer!) ?? (_isOptional || leavesOut ? null : throw Missing($"'{_pointer}'"));

    /// <returns>Null: nothing is there, and nothing has to be.</returns>
    /// <exception cref="EventFault">Nothing is there, or it is no text.</exception>
    public string? Text(EventScope scope)
    {
        if (_pointer is null)
        {
            return scope.Headers[_header] is { Count: > 0 } header ? header.ToString() : _isOptional ? null : throw Missing($"the header '{_header}'");
        }

        return Find(scope) is not { } value ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => throw new EventFault(
                $"'{_pointer}' is {(value.ValueKind == JsonValueKind.Array ? "a list" : "an object")}, and a text is needed", "point to a text or a number inside of it"),
        };
    }

    public override string ToString() => _pointer is null ? $"the header '{_header}'" : $"'{_pointer}'";

    private static EventFault Missing(string place) =>
        new($"{place} is not there", "correct the mapping of the hook, put a '?' behind what may be missing, or have the sender send it");
}
