namespace Tidemark.Sources;

/// <summary>Which parts of a source to list, given the folders in which something happened. Pure but for what is still there.</summary>
internal static class WatchedParts
{
    /// <param name="source">Whose folders they are.</param>
    /// <param name="folders">Absolute; null: all of it.</param>
    /// <param name="exists">
    /// Whether a folder is there. One that is not was deleted or moved, which happened to the folder that it lay in, and that is marked too.
    /// </param>
    /// <returns>Null: all of it. Empty: nothing.</returns>
    public static IReadOnlyList<string>? Of(WatchedSource source, IReadOnlyList<string>? folders, Func<string, bool> exists)
    {
        if (folders is null || source.HasLinks)
        {
            return null;
        }

        var named = source.Options.Parts;
        var parts = new List<string>();
        foreach (var folder in folders.Where(exists).Order(StringComparer.Ordinal))
        {
            if (source.Below(folder) is not { } part || part.Length == 0 || named.Any(one => IsWithin(one, part)))
            {
                return null;
            }

            if ((named.Count == 0 || named.Any(one => one == part || IsWithin(part, one))) && !parts.Exists(one => IsWithin(part, one)))
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    private static bool IsWithin(string path, string folder) =>
        path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal);
}
