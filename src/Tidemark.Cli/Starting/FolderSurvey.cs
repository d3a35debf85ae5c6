using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Starting;

/// <summary>Looks for what a person would sync: folders of documents and files of JSON lines.</summary>
/// <param name="Sources">What was found.</param>
/// <param name="NotTaken">How many files of each kind in there a sync would not take.</param>
/// <param name="WithoutText">How many of the documents that were looked at have no text.</param>
internal sealed record FolderSurvey(IReadOnlyList<FoundSource> Sources, IReadOnlyDictionary<string, long> NotTaken, long WithoutText)
{
    /// <summary>What has documents and none of the usual names, where something has one; <c>.</c> stands for the folder's own.</summary>
    public IReadOnlyList<FoundSource> LeftOut { get; private init; } = [];

    /// <summary>Names of folders and files that no settings can name: they are not UTF-8, or have control characters.</summary>
    public IReadOnlyList<string> Unusable { get; private init; } = [];

    private static readonly string[] UsualNames =
    [
        "docs", "doc", "documentation", "content", "notes", "wiki", "guide", "guides", "handbook", "articles", "kb",
        "knowledge", "pages", "posts", "manual",
    ];

    private static readonly string[] UnusualNames =
        ["node_modules", "bin", "obj", "dist", "build", "out", "target", "vendor", "artifacts", "__pycache__"];

    /// <summary>A link is not followed: what is found is trusted, and it may lead anywhere.</summary>
    private static readonly EnumerationOptions Here = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>
    /// Folders with one of the usual names, else all with documents, else the folder itself if it has some; and the
    /// files of JSON lines in it.
    /// </summary>
    public static async Task<FolderSurvey> OfAsync(string folder, CancellationToken cancellationToken)
    {
        var all = Names(Directory.EnumerateDirectories(folder, "*", Here)).Concat(Names(Directory.EnumerateFiles(folder, "*", Here)).Where(SourceNames.IsJsonLines))
            .ToLookup(name => IsUsable(folder, name));
        var names = all[true].Where(name => Directory.Exists(Path.Combine(folder, name)))
            .Where(n => !n.StartsWith('.') && !UnusualNames.Contains(n, StringComparer.OrdinalIgnoreCase))
            .ToLookup(n => UsualNames.Contains(n, StringComparer.OrdinalIgnoreCase));
        var lines = all[true].Where(name => File.Exists(Path.Combine(folder, name)))
            .Select(n => new FoundSource(n, SourceType.JsonLines, 1))
            .ToArray();
        var found = new FolderSurvey([], new Dictionary<string, long>(StringComparer.Ordinal), WithoutText: 0);
        foreach (var name in names[true])
        {
            found = found.With(name, await FolderCount.OfAsync(folder, name, cancellationToken));
        }

        if (found.Sources.Count > 0)
        {
            found = found with { LeftOut = await LeftOutAsync(folder, names[false], cancellationToken) };
        }
        else
        {
            foreach (var name in names[false])
            {
                found = found.With(name, await FolderCount.OfAsync(folder, name, cancellationToken));
            }

            found = found with { LeftOut = found.Sources.Count > 0 ? await LeftOutAsync(folder, [], cancellationToken) : [] };
        }

        if (found.Sources.Count == 0)
        {
            var whole = await FolderCount.OfAsync(folder, ".", cancellationToken);
            found = whole.HasOwn ? found.With(".", whole)
                : lines.Length == 0 ? found with { NotTaken = whole.NotTaken }
                : found;
        }

        return found with { Sources = [.. found.Sources, .. lines], Unusable = [.. all[false]] };
    }

    private static bool IsUsable(string folder, string name) => !name.Any(char.IsControl) && Path.Exists(Path.Combine(folder, name));

    private static async Task<IReadOnlyList<FoundSource>> LeftOutAsync(string folder, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var left = new List<FoundSource> { new(".", SourceType.Directory, await FolderCount.OwnFilesAsync(folder, cancellationToken)) };
        foreach (var name in names)
        {
            left.Add(new FoundSource(name, SourceType.Directory, await FolderCount.FilesAsync(folder, name, cancellationToken)));
        }

        return left.FindAll(one => one.Files > 0);
    }

    private static IEnumerable<string> Names(IEnumerable<string> paths) =>
        paths.Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal);

    private FolderSurvey With(string path, FolderCount count)
    {
        if (count.Files == 0)
        {
            return this;
        }

        var sum = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (kind, files) in NotTaken.Concat(count.NotTaken))
        {
            sum[kind] = sum.GetValueOrDefault(kind) + files;
        }

        return this with
        {
            Sources = [.. Sources, new FoundSource(path, SourceType.Directory, count.Files)],
            NotTaken = sum,
            WithoutText = WithoutText + count.WithoutText,
        };
    }
}
