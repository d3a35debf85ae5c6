using System.Runtime.CompilerServices;
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

    public string Name => _options.Name;

    public CleanupMode DefaultCleanup => CleanupMode.Full;

    public ListingSize? Size => null;

    /// <exception cref="TidemarkException">The folder is missing or no folder.</exception>
    public async IAsyncEnumerable<ListingPage> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The walk blocks; it shall not do so on the caller's thread.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(_options.Path));
        CheckRoot(path);
        var root = Encoding.UTF8.GetBytes(path.TrimEnd('/'));
        var prefix = Encoding.UTF8.GetBytes($"{_options.Name}/");
        var reader = new FileReader(_tree, _options, root);
        var above = _options.NoIgnore ? null : new IgnoreFiles(_tree).Above(path);
        var page = new DirectoryPage(reader, prefix, root.Length);
        using var walk = new TreeWalk(new FolderScan(_tree, _options, root), root, above, page.FailureList);
        while (walk.Fill(page))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
            page = new DirectoryPage(reader, prefix, root.Length);
        }

        yield return page;
    }

    private void CheckRoot(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        throw File.Exists(path)
            ? new TidemarkException(
                ErrorCodes.SourceMissing,
                $"'{_options.Path}' is a file, not a folder",
                "name the folder that it lies in, with --include for the file; JSON lines end in .jsonl")
            : new TidemarkException(
                ErrorCodes.SourceMissing,
                $"there is no folder '{_options.Path}'",
                "check the path; relative paths begin at the folder of tidemark.json, else at the working directory");
    }
}
