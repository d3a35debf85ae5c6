using System.Text.Json;
using Tidemark.Adopting;

namespace Tidemark.Chroma;

/// <summary>Entries that another program wrote: any part of one may be missing.</summary>
internal static class ChromaRows
{
    /// <param name="body">What <c>get</c> answers with documents and embeddings.</param>
    public static IReadOnlyList<OriginRow> Read(ReadOnlyMemory<byte> body)
    {
        using var parsed = JsonDocument.Parse(body);
        var root = parsed.RootElement;
        var (ids, texts, vectors) = (root.GetProperty("ids"), Of(root, "documents"), Of(root, "embeddings"));
        var rows = new List<OriginRow>(ids.GetArrayLength());
        for (var i = 0; i < ids.GetArrayLength(); i++)
        {
            rows.Add(Read(ids[i].GetString() ?? "an entry without an id", At(texts, i), At(vectors, i)));
        }

        return rows;
    }

    private static OriginRow Read(string id, JsonElement text, JsonElement vector)
    {
        try
        {
            return new OriginRow(
                id,
                text.ValueKind == JsonValueKind.String ? text.GetString() : null,
                vector.ValueKind == JsonValueKind.Array ? (ReadOnlyMemory<float>?)Numbers(vector) : null);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            return new OriginRow(id, null, null) { Fault = e.Message };
        }
    }

    private static float[] Numbers(JsonElement vector)
    {
        var (numbers, count) = (new float[vector.GetArrayLength()], 0);
        foreach (var number in vector.EnumerateArray())
        {
            numbers[count++] = number.GetSingle();
        }

        return numbers;
    }

    private static JsonElement Of(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list : default;

    private static JsonElement At(JsonElement list, int index) =>
        list.ValueKind == JsonValueKind.Array && index < list.GetArrayLength() ? list[index] : default;
}
