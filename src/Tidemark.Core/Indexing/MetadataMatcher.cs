using System.Text.Json;

namespace Tidemark.Indexing;

/// <summary>Whether metadata meets a filter; every index that looks at JSON itself answers the same.</summary>
public static class MetadataMatcher
{
    /// <param name="metadata">One JSON object in UTF-8; empty: no metadata.</param>
    public static bool Matches(MetadataFilter filter, ReadOnlySpan<byte> metadata)
    {
        if (filter.IsEmpty || metadata.IsEmpty)
        {
            return filter.IsEmpty;
        }

        var reader = new Utf8JsonReader(metadata);
        using var parsed = JsonDocument.ParseValue(ref reader);
        foreach (var condition in filter.Conditions)
        {
            if (!Matches(condition, parsed.RootElement))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Matches(MetadataCondition condition, JsonElement metadata)
    {
        if (!TryFind(metadata, condition.Key, out var found))
        {
            return false;
        }

        if (found.ValueKind != JsonValueKind.Array)
        {
            return IsAny(found, condition.Values);
        }

        foreach (var element in found.EnumerateArray())
        {
            if (IsAny(element, condition.Values))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The whole key as a name first, then every way to read its dots as steps into objects.</summary>
    private static bool TryFind(JsonElement metadata, string key, out JsonElement found)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            found = default;
            return false;
        }

        if (metadata.TryGetProperty(key, out found))
        {
            return true;
        }

        for (var dot = key.IndexOf('.'); dot >= 0; dot = key.IndexOf('.', dot + 1))
        {
            if (metadata.TryGetProperty(key.AsSpan(0, dot), out var inner) && TryFind(inner, key[(dot + 1)..], out found))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAny(JsonElement value, IReadOnlyList<string> wanted)
    {
        foreach (var text in wanted)
        {
            var same = value.ValueKind switch
            {
                JsonValueKind.String => value.ValueEquals(text),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False =>
                    string.Equals(value.GetRawText(), text, StringComparison.Ordinal),
                _ => false,
            };
            if (same)
            {
                return true;
            }
        }

        return false;
    }
}
