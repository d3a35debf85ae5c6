using System.Text;
using Tidemark.Files;

namespace Tidemark.Sources;

/// <summary>One folder that is a source, as events see it: where it lies, what of it counts, what is marked.</summary>
internal sealed class WatchedSource
{
    private readonly FileFilter _filter;

    public WatchedSource(DirectoryOptions options, TimeProvider clock)
    {
        Options = options;
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Path));
        Dirty = new DirtyFolders(clock);
        _filter = new FileFilter(options);
    }

    public DirectoryOptions Options { get; }

    /// <summary>Absolute, without a separator at its end.</summary>
    public string Root { get; }

    public DirtyFolders Dirty { get; }

    /// <summary>
    /// A link leads somewhere inside: what happens there is told of that place only, so all is listed then.
    /// </summary>
    public bool HasLinks { get; set; }

    /// <summary>Something happened to an entry of a watched folder.</summary>
    /// <param name="folder">Absolute.</param>
    /// <param name="name">In it; empty: the folder itself.</param>
    /// <param name="isFolder">What it is, or was.</param>
    /// <returns>True: it was an ignore file.</returns>
    public bool Happened(string folder, string name, bool isFolder)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (IgnoreFiles.IsOne(bytes) && !Options.NoIgnore)
        {
            Dirty.MarkAll();
            return true;
        }

        if (name.Length == 0 || (!HiddenName.Is(bytes) && (isFolder || HasLinks || Counts(folder, name) || IsLink(folder, name))))
        {
            Dirty.Mark(folder);
        }

        return false;
    }

    /// <summary>As the parts of a source are called: with slashes, seen from its root; empty: the root itself. Null: it is not in it.</summary>
    public string? Below(string path) => path == Root ? ""
        : path.Length > Root.Length && path.StartsWith(Root, StringComparison.Ordinal) && path[Root.Length] == Path.DirectorySeparatorChar
            ? path[(Root.Length + 1)..].Replace(Path.DirectorySeparatorChar, '/')
            : null;

    /// <summary>A link may lead to a folder, whatever it is called.</summary>
    private static bool IsLink(string folder, string name)
    {
        try
        {
            return FileFacts.Of(Path.Combine(folder, name), follow: false) is { Type: FileType.Link };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool Counts(string folder, string name) => Below(folder) is { } below
        && _filter.TakesFile(Encoding.UTF8.GetBytes(below.Length == 0 ? name : $"{below}/{name}"));
}
