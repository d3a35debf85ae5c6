using System.Text.Json;

namespace Tidemark.Server.Http;

/// <summary>Lists in JSON.</summary>
internal static class JsonArrays
{
    public static void WriteArray<T>(this Utf8JsonWriter json, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }
}
