using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>What a <see cref="GitSource"/> takes.</summary>
public sealed record GitOptions
{
    /// <summary>The source's name, and the first part of every document's id.</summary>
    public required string Name { get; init; }

    /// <summary>The absolute path of a repository or of a folder in its work tree, or its address (<c>https://…</c>, <c>ssh://…</c>, <c>user@host:path</c>).</summary>
    public required string Repository { get; init; }

    /// <summary>A branch, a tag or a commit; null: where the repository's HEAD is.</summary>
    public string? Revision { get; init; }

    /// <summary>The folder whose files are listed, below the one that <see cref="Repository"/> names; empty: all of it.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What happens to documents that a complete listing does not name; null: they are deleted.</summary>
    public CleanupMode? Cleanup { get; init; }

    /// <summary>Patterns of files to take; empty: the endings that the extractors know, in any case.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Patterns of files and folders to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Pay no heed to <c>.tidemarkignore</c>. (<c>.gitignore</c> says nothing of what is committed.)</summary>
    public bool NoIgnore { get; init; }

    /// <summary>A larger file is a failed item.</summary>
    public long MaxFileBytes { get; init; } = 10_000_000;

    /// <summary>A file whose ending none of them knows is taken as plain text, if a pattern includes it.</summary>
    public IReadOnlyList<ITextExtractor> Extractors { get; init; } = [new PlainTextExtractor()];

    /// <summary>Files that match the pattern of one of these are read by it, from a copy, and are taken by default too.</summary>
    public IReadOnlyList<IFileExtractor> FileExtractors { get; init; } = [];

    /// <summary>Where what is fetched from an address is kept; null: <c>tidemark/git</c> below <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The same for files that lie in a folder.</summary>
    internal DirectoryOptions Files => new()
    {
        Name = Name,
        Path = Repository,
        Include = Include,
        Exclude = Exclude,
        NoIgnore = NoIgnore,
        MaxFileBytes = MaxFileBytes,
        Extractors = Extractors,
        FileExtractors = FileExtractors,
    };
}
