using Tidemark.Sources;

namespace Tidemark.Composition.Configuration;

/// <summary>A commit's tree in a repository.</summary>
/// <param name="Repository">An absolute path, or an address, perhaps with secrets.</param>
/// <param name="Revision">A branch, a tag or a commit; null: HEAD.</param>
/// <param name="Folder">Below it; empty: all of it.</param>
internal sealed record GitLocation(string Repository, string? Revision, string Folder)
{
    /// <summary>What is typed before a repository.</summary>
    public const string Scheme = "git:";

    /// <summary>Whether an address has something in it that is not to be shown.</summary>
    public bool HasSecrets => GitAddress.WithoutSecrets(Repository) != Repository;

    /// <summary>What the source is called that nobody named: a folder as it would be as a directory.</summary>
    public string NameFrom(string root)
    {
        if (GitAddress.IsRemote(Repository))
        {
            return Folder.Length == 0 ? GitAddress.NameOf(Repository) : $"{GitAddress.NameOf(Repository)}/{Folder}";
        }

        var name = SourceNames.Of(Path.Combine(Repository, Folder), root);
        return Folder.Length == 0 && name.EndsWith(".git", StringComparison.Ordinal) && name.Length > 4 ? name[..^4] : name;
    }

    /// <param name="text">What stands behind <see cref="Scheme"/>.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    public static GitLocation Parse(string text, string folder)
    {
        var (repository, revision, below) = GitAddress.Parse(text, path => Path.Exists(Path.GetFullPath(path, folder)));
        return Of(repository, revision, below, folder);
    }

    /// <param name="repository">A path or an address.</param>
    /// <param name="revision">Null: HEAD.</param>
    /// <param name="below">The folder in it.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    /// <exception cref="TidemarkException"><c>usage</c>.</exception>
    public static GitLocation Of(string repository, string? revision, string below, string folder)
    {
        GitAddress.Check(repository);
        GitAddress.CheckRevision(revision);
        below = below is "." or "./" ? "" : below.Trim('/');
        GitAddress.CheckFolder(below);
        return new(GitAddress.IsRemote(repository) ? repository : Path.TrimEndingDirectorySeparator(Path.GetFullPath(repository, folder)), revision, below);
    }

    /// <summary>As it may be shown, and typed again.</summary>
    public override string ToString() =>
        $"{Scheme}{GitAddress.WithoutSecrets(Repository)}{(Revision is null ? "" : $"@{Revision}")}{(Folder.Length == 0 ? "" : $"//{Folder}")}";
}
