using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>Filters read off their documentation.</summary>
internal static class MemoryFilter
{
    public static bool Matches(IndexedChunk chunk, MetadataFilter filter)
    {
        using var json = JsonDocument.Parse(chunk.Metadata.Json);
        return IsAt(chunk.Document, filter.Path)
            && (filter.Source is null || filter.Source == chunk.Source)
            && filter.Conditions.All(condition => Holds(condition, Find(json.RootElement, condition.Key)));
    }

    private static bool IsAt(string document, string? path) =>
        path is null
        || (path.EndsWith('*') ? document.StartsWith(path[..^1], StringComparison.Ordinal)
            : char.IsLetterOrDigit(path[^1]) ? document == path || document.StartsWith($"{path}/", StringComparison.Ordinal)
            : document.StartsWith(path, StringComparison.Ordinal));

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

    private static bool Holds(MetadataCondition condition, JsonElement? found) => condition.Test switch
    {
        MetadataTest.Present => found is not null,
        MetadataTest.Absent => found is null,
        MetadataTest.AnyOf => found is { } value && Elements(value).Any(one => condition.Values.Any(wanted => IsEqual(one, wanted))),
        MetadataTest.NoneOf => found is not { } value || !Elements(value).Any(one => condition.Values.Any(wanted => IsEqual(one, wanted))),
        MetadataTest.Less => found is { } value && Elements(value).Any(one => Order(one, condition.Values[0]!) < 0),
        MetadataTest.AtMost => found is { } value && Elements(value).Any(one => Order(one, condition.Values[0]!) <= 0),
        MetadataTest.Greater => found is { } value && Elements(value).Any(one => Order(one, condition.Values[0]!) > 0),
        _ => found is { } value && Elements(value).Any(one => Order(one, condition.Values[0]!) >= 0),
    };

    private static IEnumerable<JsonElement> Elements(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

    private static bool IsEqual(JsonElement value, string? wanted) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() == wanted,
        JsonValueKind.Null => wanted is null,
        JsonValueKind.Number => Number(wanted) is { } number && number == Number(value.GetRawText()),
        JsonValueKind.True => wanted == "true",
        JsonValueKind.False => wanted == "false",
        _ => false,
    };

    private static int? Order(JsonElement value, string bound)
    {
        var text = value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value.ToString() : null;
        if (Number(text) is { } left && Number(bound) is { } right)
        {
            return left != right || value.ValueKind == JsonValueKind.Number
                ? left.CompareTo(right)
                : string.CompareOrdinal(text, bound);
        }

        return text is null || value.ValueKind == JsonValueKind.Number ? null
            : IsDay(text) && IsDay(bound) ? string.CompareOrdinal(text[..10], bound[..10])
            : IsDay(text) || IsDay(bound) || Number(text) is not null || Number(bound) is not null ? null
            : string.CompareOrdinal(text, bound);
    }

    private static bool IsDay(string text) => text.Length >= 10 && text[4] == '-' && text[7] == '-';

    /// <summary>In units of 10^-200, which is fine enough for every test.</summary>
    private static BigInteger? Number(string? text)
    {
        if (text is null || text.Length == 0 || char.IsWhiteSpace(text[0]) || text.StartsWith('0') && text.Length > 1 && char.IsDigit(text[1]))
        {
            return null;
        }

        var parts = text.Split('e', 'E');
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var decimals = parts[0].Contains('.', StringComparison.Ordinal) ? parts[0].Length - parts[0].IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(parts.Length > 1 ? parts[1] : "0", CultureInfo.InvariantCulture, out var exponent)
            ? number * BigInteger.Pow(10, 200 + exponent - decimals)
            : null;
    }
}
