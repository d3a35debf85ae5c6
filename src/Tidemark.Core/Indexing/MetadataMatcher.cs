using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Indexing;

/// <summary>Whether metadata meets the conditions of a filter; every index that looks at JSON itself answers the same.</summary>
public static class MetadataMatcher
{
    /// <param name="filter">All of its conditions must hold.</param>
    /// <param name="metadata">One JSON object in UTF-8; empty: no metadata.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it is none.</exception>
    public static bool Matches(MetadataFilter filter, ReadOnlySpan<byte> metadata)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Conditions.Count == 0 || metadata.IsEmpty)
        {
            return filter.Conditions.All(condition => condition.TakesAbsent);
        }

        using var parsed = Parse(metadata);
        foreach (var condition in filter.Conditions)
        {
            if (!Matches(condition, parsed.RootElement))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text under a key, which is found as a condition finds it.</summary>
    /// <param name="metadata">One JSON object in UTF-8.</param>
    /// <param name="key">A name, or a path into objects.</param>
    /// <returns>Null: there is none.</returns>
    internal static string? FindText(ReadOnlySpan<byte> metadata, string key)
    {
        using var parsed = Parse(metadata);
        return TryFind(parsed.RootElement, key, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> metadata)
    {
        try
        {
            var reader = new Utf8JsonReader(metadata, JsonNesting.Reading);
            return JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            throw StoredValue.Damaged("table document", "the 'metadata' of a row are no JSON object");
        }
    }

    private static bool Matches(MetadataCondition condition, JsonElement metadata)
    {
        if (!TryFind(metadata, condition.Key, out var found))
        {
            return condition.TakesAbsent;
        }

        return condition.Test switch
        {
            MetadataTest.Present => true,
            MetadataTest.Absent => false,
            MetadataTest.NoneOf => !Meets(condition, found),
            _ => Meets(condition, found),
        };
    }

    /// <summary>The value, or one of the elements of an array.</summary>
    private static bool Meets(MetadataCondition condition, JsonElement found)
    {
        if (found.ValueKind != JsonValueKind.Array)
        {
            return MetadataComparison.Holds(condition, found);
        }

        foreach (var element in found.EnumerateArray())
        {
            if (MetadataComparison.Holds(condition, element))
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
}
