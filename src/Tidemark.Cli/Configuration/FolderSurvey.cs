namespace Tidemark.Cli.Configuration;

/// <summary>Looks for what a person would sync: folders of documents and files of JSON lines.</summary>
internal static class FolderSurvey
{
    private const int MostEntries = 20_000;

    private static readonly string[] UsualNames =
    [
        "docs", "doc", "documentation", "content", "notes", "wiki", "guide", "guides", "handbook", "articles", "kb",
        "knowledge", "pages", "posts", "manual",
    ];

    private static readonly string[] UnusualNames =
        ["node_modules", "bin", "obj", "dist", "build", "out", "target", "vendor", "artifacts", "__pycache__"];

    private static readonly string[] TextEndings = [".md", ".markdown", ".txt", ".rst", ".html", ".htm", ".docx"];

    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        MaxRecursionDepth = 16,
    };

    /// <summary>A link is not followed here either: what is found is trusted, and it may lead anywhere.</summary>
    private static readonly EnumerationOptions Here = new() { IgnoreInaccessible = true, AttributesToSkip = Below.AttributesToSkip };

    /// <summary>
    /// Folders with one of the usual names, else all with documents, else the folder itself if it has some; and the
    /// files of JSON lines in it.
    /// </summary>
    public static IReadOnlyList<FoundSource> Of(string folder)
    {
        var folders = Directory.EnumerateDirectories(folder, "*", Here)
            .Select(Path.GetFileName)
            .OfType<string>()
            .Where(n => !n.StartsWith('.') && !UnusualNames.Contains(n, StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(n => new FoundSource(n, SourceType.Directory, CountTexts(Path.Combine(folder, n), Below)))
            .Where(s => s.Files > 0)
            .ToArray();
        var usual = folders.Where(s => UsualNames.Contains(s.Path, StringComparer.OrdinalIgnoreCase)).ToArray();
        FoundSource[] found = (usual, folders) switch
        {
            ({ Length: > 0 }, _) => usual,
            (_, { Length: > 0 }) => folders,
            _ when CountTexts(folder, Here) is > 0 and var files => [new(".", SourceType.Directory, files)],
            _ => [],
        };
        var lines = Directory.EnumerateFiles(folder, "*", Here)
            .Select(Path.GetFileName)
            .OfType<string>()
            .Where(SourceNames.IsJsonLines)
            .Order(StringComparer.Ordinal)
            .Select(n => new FoundSource(n, SourceType.JsonLines, 1));
        return [.. found, .. lines];
    }

    private static int CountTexts(string folder, EnumerationOptions options) =>
        Directory.EnumerateFiles(folder, "*", options)
            .Take(MostEntries)
            .Count(f => TextEndings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase));
}
