using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Conformance.InMemory;

/// <summary>Metadata conditions read off their documentation.</summary>
internal static class MemoryFilter
{
    public static bool Matches(DocumentMetadata metadata, MetadataFilter filter)
    {
        using var json = JsonDocument.Parse(metadata.Json);
        return filter.Conditions.All(condition =>
            Find(json.RootElement, condition.Key) is { } value && IsAny(value, condition.Values));
    }

    private static JsonElement? Find(JsonElement root, string key)
    {
        if (root.TryGetProperty(key, out var named))
        {
            return named;
        }

        var at = root;
        foreach (var part in key.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part, out at))
            {
                return null;
            }
        }

        return at;
    }

    private static bool IsAny(JsonElement value, IReadOnlyList<string> wanted) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Any(element => IsAny(element, wanted)),
        JsonValueKind.String => wanted.Contains(value.GetString()!, StringComparer.Ordinal),
        JsonValueKind.Null or JsonValueKind.Object => false,
        _ => wanted.Contains(value.GetRawText(), StringComparer.Ordinal),
    };
}
