using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>
/// The text files in the tree of a commit, read by the installed <c>git</c>; no work tree is needed. Ids are those that the same files
/// have as a <see cref="DirectorySource"/>; a document's change token is its blob's id, so that what did not change is not read.
/// </summary>
public sealed class GitSource : IDocumentSource
{
    private readonly GitOptions _options;

    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: the address, the revision, the folder or a pattern cannot be used.</exception>
    public GitSource(GitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        GitAddress.Check(options.Repository);
        GitAddress.CheckRevision(options.Revision);
        GitAddress.CheckFolder(options.Folder);
        _options = options with { Folder = options.Folder.Trim('/') };
        _ = new FileFilter(options.Files);
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>Full unless it was said otherwise: a tree names everything there is.</summary>
    public CleanupMode DefaultCleanup => _options.Cleanup ?? CleanupMode.Full;

    /// <summary>Which repository and folder, without secrets: <c>git:https://example.org/handbook</c>.</summary>
    public string Place
    {
        get
        {
            var repository = $"git:{GitAddress.WithoutSecrets(_options.Repository)}";
            return _options.Folder.Length == 0 ? repository : $"{repository}//{_options.Folder}";
        }
    }

    /// <summary>Not known before the tree is listed.</summary>
    public ListingSize? Size => null;

    /// <exception cref="TidemarkException">
    /// <c>source.missing</c>: there is no such repository, revision or folder. <c>source.unreadable</c>: git is not there, or says why it cannot.
    /// </exception>
    public IAsyncEnumerable<ListingPage> ListAsync(CancellationToken cancellationToken) => new GitListing(_options).PagesAsync(cancellationToken);
}
