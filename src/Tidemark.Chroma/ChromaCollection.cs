using System.Text.Json;

namespace Tidemark.Chroma;

/// <summary>A collection as the server describes it.</summary>
/// <param name="Id">The server's own, another one each time the collection is made.</param>
/// <param name="Distance">How it compares vectors: cosine, l2, ip; null: it does not say.</param>
/// <param name="Dimension">Of its vectors; null: it has none yet.</param>
internal sealed record ChromaCollection(string Id, string? Distance, int? Dimension)
{
    public const string OwnerKey = "tidemark_owner";
    public const string NamespaceKey = "tidemark_namespace";
    public const string SpaceKey = "tidemark_space";

    /// <summary>Null: nobody has marked it as theirs.</summary>
    public string? Owner { get; init; }

    public string? Namespace { get; init; }

    public string? Space { get; init; }

    public static ChromaCollection Read(ChromaLocation location, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var metadata = root.TryGetProperty("metadata", out var found) ? found : default;
            return new ChromaCollection(root.GetProperty("id").GetString()!, DistanceOf(root), DimensionOf(root))
            {
                Owner = TextOf(metadata, OwnerKey),
                Namespace = TextOf(metadata, NamespaceKey),
                Space = TextOf(metadata, SpaceKey),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw ChromaErrors.Unreadable(location, e.Message);
        }
    }

    private static string? DistanceOf(JsonElement root)
    {
        if (!root.TryGetProperty("configuration_json", out var configuration) || configuration.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var name in (ReadOnlySpan<string>)["hnsw", "spann"])
        {
            if (configuration.TryGetProperty(name, out var index) && TextOf(index, "space") is { } space)
            {
                return space;
            }
        }

        return null;
    }

    private static int? DimensionOf(JsonElement root) =>
        root.TryGetProperty("dimension", out var dimension) && dimension.ValueKind == JsonValueKind.Number
            ? dimension.GetInt32()
            : null;

    private static string? TextOf(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out var text)
        && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
