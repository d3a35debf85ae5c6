using System.Text.Json;

namespace Tidemark.Chroma;

/// <summary>Reads the bodies of answers.</summary>
internal static class ChromaAnswers
{
    public static IReadOnlyList<string> Nearest(ChromaLocation location, ReadOnlyMemory<byte> body) => Read(location, body, root =>
        root.GetProperty("ids")[0].EnumerateArray().Select(id => id.GetString()!).ToList());

    public static IReadOnlyList<ChromaEntry> Entries(ChromaLocation location, ReadOnlyMemory<byte> body) => Read(location, body, root =>
    {
        var ids = root.GetProperty("ids");
        var (texts, metadata, vectors) =
            (root.GetProperty("documents"), root.GetProperty("metadatas"), root.GetProperty("embeddings"));
        var entries = new List<ChromaEntry>(ids.GetArrayLength());
        for (var i = 0; i < ids.GetArrayLength(); i++)
        {
            entries.Add(new ChromaEntry(
                ids[i].GetString()!,
                texts[i].GetString(),
                metadata[i].Clone(),
                [.. vectors[i].EnumerateArray().Select(value => value.GetSingle())]));
        }

        return entries;
    });

    /// <summary>By entry the keys of its metadata.</summary>
    public static IReadOnlyDictionary<string, string[]> Keys(ChromaLocation location, ReadOnlyMemory<byte> body) =>
        Read(location, body, root =>
        {
            var (ids, metadata) = (root.GetProperty("ids"), root.GetProperty("metadatas"));
            var keys = new Dictionary<string, string[]>(StringComparer.Ordinal);
            for (var i = 0; i < ids.GetArrayLength(); i++)
            {
                keys[ids[i].GetString()!] = metadata[i].ValueKind == JsonValueKind.Object
                    ? [.. metadata[i].EnumerateObject().Select(field => field.Name)]
                    : [];
            }

            return keys;
        });

    public static (int BatchSize, bool TakesBase64) Limits(ChromaLocation location, ReadOnlyMemory<byte> body) =>
        Read(location, body, root => (
            root.TryGetProperty("max_batch_size", out var most) ? most.GetInt32() : int.MaxValue,
            root.TryGetProperty("supports_base64_encoding", out var takes) && takes.ValueKind == JsonValueKind.True));

    public static long Count(ChromaLocation location, ReadOnlyMemory<byte> body) => Read(location, body, root => root.GetInt64());

    private static T Read<T>(ChromaLocation location, ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or IndexOutOfRangeException)
        {
            throw ChromaErrors.Unreadable(location, e.Message);
        }
    }
}
