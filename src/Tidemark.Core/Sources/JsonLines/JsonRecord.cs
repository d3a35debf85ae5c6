using System.Globalization;
using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>One parsed record: its own fields and those of its <c>metadata</c> object.</summary>
internal readonly struct JsonRecord
{
    private readonly JsonElement _metadata;

    /// <param name="item">How the record is named in an error.</param>
    /// <exception cref="ItemException">It is not an object, or its metadata is not one.</exception>
    public JsonRecord(JsonElement root, string item)
    {
        Label = item;
        Root = root;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw BadRecord.Malformed(item, "is not a JSON object");
        }

        _metadata = this["metadata"] ?? default;
        if (_metadata.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            throw BadRecord.WrongType(item, "metadata", "an object");
        }
    }

    public string Label { get; }

    public JsonElement Root { get; }

    public JsonElement? Metadata => _metadata.ValueKind == JsonValueKind.Object ? _metadata : null;

    /// <summary>A field of the record itself; null where it is absent or null.</summary>
    public JsonElement? this[string name] => Present(Root, name);

    /// <summary>
    /// A field by name or dotted path. A reserved name is the record's own field; of any other, the one in
    /// <c>metadata</c> comes first. Null where it is absent or null.
    /// </summary>
    public JsonElement? Find(string path) =>
        (ReservedFields.Contains(path) ? this[path] ?? InMetadata(path) : InMetadata(path) ?? this[path])
        ?? (path.Contains('.', StringComparison.Ordinal) ? Descend(Root, path) ?? DescendMetadata(path) : null);

    /// <summary>A field of any object, by name or dotted path. Null where it is absent or null.</summary>
    public static JsonElement? FindIn(JsonElement root, string path) =>
        Present(root, path) ?? (path.Contains('.', StringComparison.Ordinal) ? Descend(root, path) : null);

    private JsonElement? InMetadata(string name) => Metadata is { } metadata ? Present(metadata, name) : null;

    private JsonElement? DescendMetadata(string path) => Metadata is { } metadata ? Descend(metadata, path) : null;

    private static JsonElement? Descend(JsonElement from, string path)
    {
        foreach (var name in path.Split('.'))
        {
            var next = from.ValueKind switch
            {
                JsonValueKind.Object => Present(from, name),
                JsonValueKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                    && at < from.GetArrayLength() => from[at],
                _ => null,
            };
            if (next is not { } found)
            {
                return null;
            }

            from = found;
        }

        return from.ValueKind == JsonValueKind.Null ? null : from;
    }

    private static JsonElement? Present(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
