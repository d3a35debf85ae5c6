namespace Tidemark.Sources;

/// <summary>Fields of a record that say something about it, and so are no metadata.</summary>
internal static class ReservedFields
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "id", "metadata", "version", "modified_at", "expires_at", "tier",
        "embedding", "embedding_space", "deleted", "deleted_at",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
