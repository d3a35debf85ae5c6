namespace Tidemark.Composition.Configuration;

/// <summary>What a source is called that nobody named, and of what type it is.</summary>
internal static class SourceNames
{
    /// <summary>Of all JSON lines that are given ad hoc.</summary>
    public const string AdHocJsonLines = "jsonl";

    public static readonly string[] JsonLinesEndings = [".jsonl", ".ndjson", ".json-lines"];

    public static bool IsJsonLines(string path) =>
        JsonLinesEndings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The path seen from the root with <c>/</c> between names; <c>.</c> for the root itself; outside the root the
    /// absolute path.
    /// </summary>
    public static string Of(string absolute, string root)
    {
        var relative = Path.GetRelativePath(root, Path.TrimEndingDirectorySeparator(absolute));
        var outside = Path.IsPathRooted(relative)
            || relative is ".."
            || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        var name = outside ? Path.TrimEndingDirectorySeparator(absolute) : relative;
        return Path.DirectorySeparatorChar == '/' ? name : name.Replace(Path.DirectorySeparatorChar, '/');
    }
}
