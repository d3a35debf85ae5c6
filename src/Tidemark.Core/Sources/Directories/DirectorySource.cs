using System.Text;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>
/// The text files of a folder and those below it. A document's id is the source's name, a slash, and the relative path;
/// its change token is the file's size, mtime, ctime and inode.
/// </summary>
public sealed class DirectorySource : IDocumentSource
{
    private readonly DirectoryOptions _options;
    private readonly FileTree _tree;

    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: a pattern is broken.</exception>
    public DirectorySource(DirectoryOptions options)
        : this(options, FileTree.Native)
    {
    }

    internal DirectorySource(DirectoryOptions options, FileTree tree)
    {
        _options = options;
        _tree = tree;
        _ = new FileFilter(options);
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>Full unless it was said otherwise: a listing of a folder names everything there is.</summary>
    public CleanupMode DefaultCleanup => _options.Cleanup ?? CleanupMode.Full;

    /// <inheritdoc/>
    public IReadOnlyList<string> Parts => [.. _options.Parts.Select(part => $"{_options.Name}/{part}/")];

    /// <inheritdoc/>
    public IDocumentSource Whole => _options.Parts.Count == 0 ? this : new DirectorySource(_options with { Parts = [] }, _tree);

    /// <inheritdoc/>
    public string Place => Path.TrimEndingDirectorySeparator(Path.GetFullPath(_options.Path));

    /// <inheritdoc/>
    public bool Enters(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Enters(new FileFilter(_options), folder.Split('/'));
    }

    /// <inheritdoc/>
    public bool Takes(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var (filter, names) = (new FileFilter(_options), file.Split('/'));
        return !names[^1].StartsWith('.') && Enters(filter, names[..^1]) && filter.TakesFile(Encoding.UTF8.GetBytes(file));
    }

    /// <summary>Not known before the folder is listed.</summary>
    public ListingSize? Size => null;

    /// <exception cref="TidemarkException">The folder is missing or no folder.</exception>
    public IAsyncEnumerable<ListingPage> ListAsync(CancellationToken cancellationToken) =>
        new DirectoryListing(_options, _tree, cancellationToken);

    private static bool Enters(FileFilter filter, string[] names) =>
        !names.Any(name => name.StartsWith('.'))
        && Enumerable.Range(1, names.Length).All(depth => filter.EntersFolder(Encoding.UTF8.GetBytes(string.Join('/', names.Take(depth)))));
}
