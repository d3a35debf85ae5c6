using System.Text;
using Tidemark.Documents;
using Tidemark.Files;

namespace Tidemark.Sources;

/// <summary>
/// One listing of a folder, on the thread that asks for pages. By hand instead of as an async iterator, whose machinery
/// would have to be compiled while the process starts, for pages that are there without waiting.
/// </summary>
internal sealed class DirectoryListing : IAsyncEnumerable<ListingPage>, IAsyncEnumerator<ListingPage>
{
    private readonly DirectoryOptions _options;
    private readonly FileTree _tree;
    private readonly string _path;
    private readonly byte[] _root;
    private readonly byte[] _prefix;
    private FileTree? _beneath;
    private FileReader? _reader;
    private TreeWalk? _walk;
    private FolderScan? _scan;
    private bool _ended;
    private CancellationToken _cancelled;

    public DirectoryListing(DirectoryOptions options, FileTree tree, CancellationToken cancellationToken)
    {
        _options = options;
        _tree = tree;
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Path));
        _root = Encoding.UTF8.GetBytes(_path.TrimEnd('/'));
        _prefix = Encoding.UTF8.GetBytes($"{options.Name}/");
        _cancelled = cancellationToken;
    }

    public ListingPage Current { get; private set; } = null!;

    public IAsyncEnumerator<ListingPage> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var listing = new DirectoryListing(_options, _tree, _cancelled);
        if (cancellationToken.CanBeCanceled)
        {
            listing._cancelled = cancellationToken;
        }

        return listing;
    }

    /// <exception cref="TidemarkException">The folder is missing or no folder.</exception>
    public ValueTask<bool> MoveNextAsync()
    {
        _cancelled.ThrowIfCancellationRequested();
        if (_ended)
        {
            return new ValueTask<bool>(false);
        }

        _beneath ??= OpenRoot();
        _reader ??= new FileReader(_beneath, _options, _root);
        var page = new DirectoryPage(_reader, _prefix, _root.Length);
        _walk ??= Walk(_beneath, page.FailureList);
        _ended = !_walk.Fill(page);
        page.LeftOut = _ended ? _scan!.NotTaken : null;
        Current = page;
        return new ValueTask<bool>(true);
    }

    public ValueTask DisposeAsync()
    {
        _walk?.Dispose();
        _beneath?.Close();
        return ValueTask.CompletedTask;
    }

    private TreeWalk Walk(FileTree tree, List<ItemFailure> failures)
    {
        var above = _options.NoIgnore ? null : new IgnoreFiles(_tree).Above(_path);
        _scan = new FolderScan(tree, _options, _root, _cancelled);
        return new TreeWalk(_scan, _root, above, failures);
    }

    private FileTree OpenRoot()
    {
        CheckRoot();
        return _tree.Beneath(_root);
    }

    private void CheckPart(string part)
    {
        if (TypeOf(Path.Combine(_path, part), $"{_options.Path}/{part}") != FileType.Folder)
        {
            throw new TidemarkException(
                ErrorCodes.SourceMissing,
                $"there is no folder '{part}' in '{_options.Path}'",
                "check the path; to let go of what the index has of it, sync the whole source");
        }
    }

    private void CheckRoot()
    {
        var type = TypeOf(_path, _options.Path);
        if (type == FileType.Folder)
        {
            foreach (var part in _options.Parts)
            {
                CheckPart(part);
            }

            return;
        }

        throw type is not null
            ? new TidemarkException(
                ErrorCodes.SourceMissing,
                $"'{_options.Path}' is a file, not a folder",
                "name the folder that it lies in; JSON lines end in .jsonl")
            : new TidemarkException(
                ErrorCodes.SourceMissing,
                $"there is no folder '{_options.Path}'",
                "check the path; one that is typed begins at the working directory, one of a file of settings at its folder");
    }

    private static FileType? TypeOf(string path, string name)
    {
        try
        {
            return FileFacts.Of(path, follow: true)?.Type;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TidemarkException(
                ErrorCodes.SourceUnreadable,
                $"the folder '{name}' cannot be looked at: {e.Message}",
                "make it and the folders that it lies in readable for this user",
                e);
        }
    }
}
