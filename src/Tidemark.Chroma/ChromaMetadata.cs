using System.Globalization;
using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Chroma;

/// <summary>
/// What an entry says of its chunk to other readers of the collection: document, source, the chunk's public id, and the
/// document's metadata as far as Chroma has a type for it: text, numbers and booleans at the top level.
/// </summary>
internal static class ChromaMetadata
{
    public const string Document = Reserved + "document";
    public const string Source = Reserved + "source";
    public const string Chunk = Reserved + "chunk";
    private const string Reserved = "tidemark_";
    private const int MostKeyLength = 200;

    /// <param name="present">Keys that the entry has now: those that it should not have are taken away.</param>
    public static void Write(Utf8JsonWriter json, IndexEntry entry, IReadOnlyCollection<string> present)
    {
        json.WriteStartObject();
        json.WriteString(Document, entry.Document);
        json.WriteString(Source, entry.Source);
        json.WriteString(Chunk, entry.ChunkId);
        using var metadata = JsonDocument.Parse(entry.Metadata.Json, JsonNesting.Parsing);
        foreach (var field in Fields(metadata.RootElement))
        {
            field.WriteTo(json);
        }

        foreach (var key in present)
        {
            if (!IsOwn(key) && !Has(metadata.RootElement, key))
            {
                json.WriteNull(key);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Whether a server's metadata are what <see cref="Write"/> gives; a number is compared by its value.</summary>
    public static bool IsLike(JsonElement stored, IndexEntry entry)
    {
        var expected = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Document] = Text(entry.Document),
            [Source] = Text(entry.Source),
            [Chunk] = Text(entry.ChunkId),
        };
        using var metadata = JsonDocument.Parse(entry.Metadata.Json, JsonNesting.Parsing);
        foreach (var field in Fields(metadata.RootElement))
        {
            expected[field.Name] = Canonical(field.Value);
        }

        var count = 0;
        foreach (var field in stored.ValueKind == JsonValueKind.Object ? stored.EnumerateObject() : default)
        {
            count++;
            if (!expected.TryGetValue(field.Name, out var value)
                || !string.Equals(value, Canonical(field.Value), StringComparison.Ordinal))
            {
                return false;
            }
        }

        return count == expected.Count;
    }

    private static bool IsOwn(string key) => key is Document or Source or Chunk;

    private static bool Has(JsonElement metadata, string key) =>
        Fields(metadata).Any(field => string.Equals(field.Name, key, StringComparison.Ordinal));

    private static IEnumerable<JsonProperty> Fields(JsonElement metadata) =>
        metadata.EnumerateObject().Where(field => IsTaken(field.Name) && IsTaken(field.Value));

    private static bool IsTaken(string name) =>
        name.Length is > 0 and <= MostKeyLength
        && name[0] is not ('#' or '$')
        && !name.StartsWith("chroma:", StringComparison.Ordinal)
        && !name.StartsWith(Reserved, StringComparison.Ordinal);

    private static bool IsTaken(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.True or JsonValueKind.False => true,
        JsonValueKind.Number => value.TryGetDouble(out var number) && double.IsFinite(number),
        _ => false,
    };

    private static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Text(value.GetString()!),
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        _ => value.ValueKind.ToString(),
    };

    private static string Text(string value) => "'" + value;
}
