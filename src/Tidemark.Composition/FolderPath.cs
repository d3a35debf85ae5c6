using Tidemark.Composition.Configuration;

namespace Tidemark.Composition;

/// <summary>Which folder lies in which, whatever links lead there.</summary>
internal static class FolderPath
{
    /// <returns>Its path below the folder with <c>/</c> between names; empty: it is the folder; null: it lies elsewhere.</returns>
    public static string? Below(string path, string folder) =>
        BelowAsWritten(path, folder)
        ?? (RealPath.Of(path) is { } real && RealPath.Of(folder) is { } top ? BelowAsWritten(real, top) : null);

    private static string? BelowAsWritten(string path, string folder)
    {
        var relative = Path.GetRelativePath(folder, path);
        return relative switch
        {
            "." => "",
            ".." => null,
            _ when relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(relative) => null,
            _ => relative.Replace(Path.DirectorySeparatorChar, '/'),
        };
    }
}
