using System.Globalization;
using System.Text;
using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Metadata as a set of 64-bit hashes, one for each path and value: what a filter asks the database for. A number has the hash of
/// its value, however it is written. Two may share a hash, and a path may be read in two ways, so what is found is looked at once
/// more by <see cref="MetadataMatcher"/>.
/// </summary>
internal static class MetadataFacets
{
    /// <returns>Null where there is no metadata.</returns>
    public static long[]? Of(DocumentMetadata metadata)
    {
        if (metadata.IsEmpty)
        {
            return null;
        }

        var facets = new SortedSet<long>();
        using var json = JsonDocument.Parse(metadata.Json, JsonNesting.Parsing);
        Add(facets, "", json.RootElement);
        return [.. facets];
    }

    /// <summary>The same as the text of an array.</summary>
    public static string? LiteralOf(DocumentMetadata metadata) => Of(metadata) is { } facets
        ? $"{{{string.Join(',', facets.Select(facet => facet.ToString(CultureInfo.InvariantCulture)))}}}"
        : null;

    /// <summary>The facets of which a document has one if it may meet the condition.</summary>
    /// <returns>Null: facets do not tell.</returns>
    public static long[]? Of(MetadataCondition condition) =>
        condition.Test == MetadataTest.AnyOf && condition.Values.All(value => value is not null)
            ? [.. condition.Values.SelectMany(value => Of(condition.Key, value!)).Distinct()]
            : null;

    private static IEnumerable<long> Of(string key, string value)
    {
        yield return Hash(key, value);
        if (MetadataNumber.TryParse(value, out var number))
        {
            yield return Hash(key, number.ToString());
        }
    }

    private static void Add(SortedSet<long> facets, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Add(facets, path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                {
                    AddScalar(facets, path, element);
                }

                break;
            default:
                AddScalar(facets, path, value);
                break;
        }
    }

    private static void AddScalar(SortedSet<long> facets, string path, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            facets.Add(Hash(path, value.GetString()!));
        }
        else if (value.ValueKind == JsonValueKind.Number && MetadataNumber.TryParse(value.GetRawText(), out var number))
        {
            facets.Add(Hash(path, number.ToString()));
        }
        else if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            facets.Add(Hash(path, value.GetRawText()));
        }
    }

    /// <summary>FNV-1a over the path, a byte that no UTF-8 has, and the value (Fowler, Noll, Vo; 64 bits).</summary>
    private static long Hash(string path, string value)
    {
        const ulong Prime = 1_099_511_628_211;
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var piece in Encoding.UTF8.GetBytes(path))
        {
            hash = (hash ^ piece) * Prime;
        }

        hash = (hash ^ 0xff) * Prime;
        foreach (var piece in Encoding.UTF8.GetBytes(value))
        {
            hash = (hash ^ piece) * Prime;
        }

        return unchecked((long)hash);
    }
}
