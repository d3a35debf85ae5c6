using System.Text;
using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>Fields of a record that say something about it, and so are no metadata.</summary>
internal static class ReservedFields
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "id", "metadata", "version", "modified_at", "expires_at", "tier",
        "embedding", "embedding_space", "deleted", "deleted_at",
    };

    private static readonly byte[][] Encoded = [.. Names.Select(Encoding.UTF8.GetBytes)];

    public static bool Contains(string name) => Names.Contains(name);

    /// <param name="reader">Stands at the name of a property.</param>
    public static bool Contains(ref Utf8JsonReader reader)
    {
        foreach (var name in Encoded)
        {
            if ((reader.ValueIsEscaped || reader.ValueSpan.Length == name.Length) && reader.ValueTextEquals(name))
            {
                return true;
            }
        }

        return false;
    }
}
