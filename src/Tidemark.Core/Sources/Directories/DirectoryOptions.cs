using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>What a <see cref="DirectorySource"/> takes.</summary>
public sealed record DirectoryOptions
{
    /// <summary>The source's name, and the first part of every document's id.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Only what lies in these folders below <see cref="Path"/> is listed and cleaned up; ids, patterns and ignore files are as
    /// for the whole. Paths below it with <c>/</c> between names. Empty: everything.
    /// </summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>What happens to documents that a complete listing does not name; null: they are deleted.</summary>
    public CleanupMode? Cleanup { get; init; }

    /// <summary>Patterns of files to take; empty: the endings that the extractors know, in any case.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Patterns of files and folders to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Pay no heed to <c>.gitignore</c> and <c>.tidemarkignore</c>.</summary>
    public bool NoIgnore { get; init; }

    /// <summary>A larger file is a failed item.</summary>
    public long MaxFileBytes { get; init; } = 10_000_000;

    /// <summary>A file whose ending none of them knows is taken as plain text, if a pattern includes it.</summary>
    public IReadOnlyList<ITextExtractor> Extractors { get; init; } = [new PlainTextExtractor()];

    /// <summary>Files that match the pattern of one of these are read by it, and are taken by default too.</summary>
    public IReadOnlyList<IFileExtractor> FileExtractors { get; init; } = [];

    /// <summary>Tells whether a file changed too recently for its change token to be trusted.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
