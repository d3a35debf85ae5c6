using System.Text;

namespace Tidemark.Sources;

/// <summary>
/// What the tree itself says of its files: what <c>.tidemarkignore</c> leaves out, and which files <c>.gitattributes</c> leaves to git LFS, so
/// that only a pointer is in the tree. By folder, seen from the top of the repository.
/// </summary>
internal sealed class GitRules
{
    private const int MostBytes = 1_000_000;

    private readonly Dictionary<string, byte[]> _ignores = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _large = new(StringComparer.Ordinal);

    public static bool IsOne(ReadOnlySpan<byte> name) => name.SequenceEqual(".tidemarkignore"u8) || name.SequenceEqual(".gitattributes"u8);

    public IgnoreScope? Ignores(IgnoreScope? outer, string folder) => Enter(_ignores, outer, folder);

    public IgnoreScope? Large(IgnoreScope? outer, string folder) => Enter(_large, outer, folder);

    /// <summary>Reads those of the tree and of the folders above it.</summary>
    /// <param name="tree">What is listed.</param>
    /// <param name="found">Those in it.</param>
    /// <param name="blobs">Who reads them.</param>
    /// <param name="noIgnore">Only those of git LFS count.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<GitRules> LoadAsync(
        GitTree tree, IReadOnlyList<GitRuleFile> found, GitBlobs blobs, bool noIgnore, CancellationToken cancellationToken)
    {
        var rules = new GitRules();
        foreach (var (path, blobName) in Above(tree).Concat(found))
        {
            var (folder, name) = Split(path);
            if (noIgnore && name == ".tidemarkignore")
            {
                continue;
            }

            var blob = await blobs.ReadAsync(blobName, MostBytes, cancellationToken).ConfigureAwait(false);
            if (blob.Content is { } content)
            {
                rules.Add(folder, name, content);
            }
            else if (blob.Size > 0)
            {
                throw new TidemarkException(
                    ErrorCodes.SourceUnreadable,
                    $"'{path}' at {tree.Commit[..12]} is longer than {MostBytes} bytes",
                    "shorten it; what it leaves out is not taken by mistake until then");
            }
        }

        return rules;
    }

    private static IEnumerable<GitRuleFile> Above(GitTree tree)
    {
        var names = tree.Below.Length == 0 ? [] : tree.Below.Split('/');
        return Enumerable.Range(0, names.Length)
            .Select(depth => string.Concat(names.Take(depth).Select(name => name + "/")))
            .SelectMany(folder => new[] { $"{folder}.tidemarkignore", $"{folder}.gitattributes" })
            .Select(path => new GitRuleFile(path, $"{tree.Commit}:{path}"));
    }

    private static (string Folder, string Name) Split(string path) =>
        path.LastIndexOf('/') is var slash and >= 0 ? (path[..slash], path[(slash + 1)..]) : ("", path);

    private static IgnoreScope? Enter(Dictionary<string, byte[]> rules, IgnoreScope? outer, string folder) =>
        rules.TryGetValue(folder, out var content)
            ? IgnoreScope.Enter(outer, content, folder.Length == 0 ? 0 : Encoding.UTF8.GetByteCount(folder) + 1)
            : outer;

    private void Add(string folder, string name, byte[] content)
    {
        if (name == ".tidemarkignore")
        {
            _ignores[folder] = content;
        }
        else if (Patterns(Encoding.UTF8.GetString(content)) is { Length: > 0 } patterns)
        {
            _large[folder] = Encoding.UTF8.GetBytes(patterns);
        }
    }

    /// <summary>The patterns that are left to git LFS, as an ignore file would say them: they mean the same.</summary>
    private static string Patterns(string attributes)
    {
        var patterns = new StringBuilder();
        foreach (var line in attributes.Split('\n'))
        {
            var words = line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && words[0][0] is not ('#' or '!') && words.Skip(1).LastOrDefault(IsFilter) is { } filter)
            {
                patterns.Append(filter == "filter=lfs" ? "" : "!").Append(words[0].Trim('"')).Append('\n');
            }
        }

        return patterns.ToString();
    }

    private static bool IsFilter(string word) => word is "-filter" or "!filter" || word.StartsWith("filter=", StringComparison.Ordinal);
}

/// <summary>A file with rules.</summary>
/// <param name="Path">Seen from the top of the repository.</param>
/// <param name="Blob">What it is read by.</param>
internal readonly record struct GitRuleFile(string Path, string Blob);
