using System.Text.Unicode;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Reads one folder and keeps what the source takes of it.</summary>
internal sealed class FolderScan
{
    private readonly FileTree _tree;
    private readonly FileFilter _filter;
    private readonly LinkPolicy _links;
    private readonly IgnoreFiles? _ignoreFiles;
    private readonly string _name;
    private readonly int _rootLength;
    private readonly SortedDictionary<string, long> _notTaken = new(StringComparer.Ordinal);
    private readonly CancellationToken _cancelled;

    /// <param name="root">An absolute path without a slash at its end.</param>
    /// <param name="cancelled">Heard between any two entries: a folder may hold millions that are ignored, each by many rules.</param>
    public FolderScan(FileTree tree, DirectoryOptions options, byte[] root, CancellationToken cancelled)
    {
        _cancelled = cancelled;
        _tree = tree;
        _filter = new FileFilter(options);
        _links = new LinkPolicy(tree, root);
        _ignoreFiles = options.NoIgnore ? null : new IgnoreFiles(tree);
        _name = options.Name;
        _rootLength = root.Length;
    }

    /// <summary>How many files of each ending there are so far that no extractor takes, and how many links and pipes that are not opened.</summary>
    public IReadOnlyDictionary<string, long> NotTaken => _notTaken;

    /// <summary>Null: the folder could not be read, which <paramref name="failures"/> tells, or is gone.</summary>
    public TreeFrame? Read(PathBuffer path, TreeFrame? outer, IgnoreScope? scope, List<ItemFailure> failures)
    {
        var start = path.Length;
        var folder = _tree.OpenFolder(start == 0 ? "/"u8 : path.Span, out var fault);
        if (folder is not null && HasIgnoreFile(folder))
        {
            scope = _ignoreFiles!.Enter(scope, path.Span, out fault);
        }

        if (folder is null || fault is not null)
        {
            folder?.Dispose();
            if (outer is null || fault!.Kind != FileFaultKind.Missing)
            {
                failures.Add(Unreadable(path.Span, fault!));
            }

            return null;
        }

        var frame = new TreeFrame(folder, outer, start, scope);
        for (var i = 0; i < folder.Count; i++)
        {
            if (_cancelled.IsCancellationRequested)
            {
                frame.Dispose();
                _cancelled.ThrowIfCancellationRequested();
            }

            if (!HiddenName.Is(folder.NameOf(i)))
            {
                path.Descend(start, folder.NameOf(i));
                Take(frame, i, path.Span, failures);
            }
        }

        folder.Close();
        frame.Sort();
        return frame;
    }

    private bool HasIgnoreFile(Folder folder)
    {
        for (var i = 0; _ignoreFiles is not null && i < folder.Count; i++)
        {
            if (folder.NameOf(i) is [(byte)'.', ..] and var name && IgnoreFiles.IsOne(name))
            {
                return true;
            }
        }

        return false;
    }

    private void Take(TreeFrame frame, int index, ReadOnlySpan<byte> path, List<ItemFailure> failures)
    {
        var (kind, isLink) = (frame.Folder.KindOf(index), false);
        var state = default(FileState);
        if (kind == EntryKind.Unknown)
        {
            frame.Folder.Look(index, follow: false, out state);
            kind = state.Kind;
        }

        if (kind == EntryKind.Link)
        {
            isLink = true;
            kind = Follow(frame, index, path, out state);
        }

        var below = path[(_rootLength + 1)..];
        var isFolder = kind == EntryKind.Folder;
        if (!(isFolder ? _filter.EntersFolder(below) : kind == EntryKind.File && _filter.TakesFile(below)))
        {
            LeaveOut(frame, kind, path);
            if (kind == EntryKind.Other)
            {
                LeaveOutOdd(frame, isLink, state.Kind == EntryKind.Folder, path);
            }

            return;
        }

        if (frame.Scope?.Ignores(path, isFolder) == true)
        {
            return;
        }

        if (!Utf8.IsValid(frame.Folder.NameOf(index)))
        {
            failures.Add(NotUtf8(below));
            return;
        }

        // Gone since the folder was read: as if it had never been there. Any other fault shows when it is read.
        if (!isFolder && !isLink
            && frame.Folder.Look(index, follow: false, out state)?.Kind == FileFaultKind.Missing)
        {
            return;
        }

        frame.Add(new TreeEntry(index, kind, state.Stamp));
    }

    /// <summary>Tidemark's own settings are nobody's document, and not missed as one.</summary>
    private static ReadOnlySpan<byte> Settings => "/tidemark.json"u8;

    private void LeaveOut(TreeFrame frame, EntryKind kind, ReadOnlySpan<byte> path)
    {
        if (kind == EntryKind.File
            && !path.EndsWith(Settings)
            && _filter.EndingNotKnown(path[(_rootLength + 1)..]) is { } ending
            && frame.Scope?.Ignores(path, isFolder: false) != true)
        {
            _notTaken[ending] = _notTaken.GetValueOrDefault(ending) + 1;
        }
    }

    /// <summary>What has a name that is taken and is no file: a pipe, a device, a socket; or a link that is not followed.</summary>
    private void LeaveOutOdd(TreeFrame frame, bool isLink, bool isFolder, ReadOnlySpan<byte> path)
    {
        var below = path[(_rootLength + 1)..];
        if ((isFolder ? _filter.EntersFolder(below) : _filter.TakesFile(below)) && frame.Scope?.Ignores(path, isFolder) != true)
        {
            var kind = isLink ? "link" : "special";
            _notTaken[kind] = _notTaken.GetValueOrDefault(kind) + 1;
        }
    }

    /// <summary>
    /// What a link stands for: a file that is not there where it leads nowhere, something that is never taken where it
    /// leads out of the source or back to a folder that it lies in.
    /// </summary>
    private EntryKind Follow(TreeFrame frame, int index, ReadOnlySpan<byte> path, out FileState state)
    {
        if (frame.Folder.Look(index, follow: true, out state) is { } fault)
        {
            return fault.Kind == FileFaultKind.Missing ? EntryKind.File : EntryKind.Other;
        }

        return state.Kind is not (EntryKind.File or EntryKind.Folder)
            || !_links.StaysInside(path)
            || (state.Kind == EntryKind.Folder && frame.IsWithin(state.Identity))
            ? EntryKind.Other
            : state.Kind;
    }

    private ItemFailure Unreadable(ReadOnlySpan<byte> path, FileFault fault)
    {
        var item = path.Length > _rootLength ? $"{_name}/{DisplayName.Of(path[(_rootLength + 1)..])}" : _name;
        return new ItemFailure(
            $"{item}/",
            fault.Kind == FileFaultKind.TooLong ? ErrorCodes.SourceName : ErrorCodes.SourceUnreadable,
            $"the folder '{item}' cannot be read: {fault.Reason}",
            fault.Kind == FileFaultKind.TooLong
                ? "shorten its path; to exclude it lets go of what is indexed of it"
                : $"{fault.Remedy}; until then nothing is deleted because it was not listed (to exclude it lets go of what is indexed of it)",
            HidesDocuments: true);
    }

    private ItemFailure NotUtf8(ReadOnlySpan<byte> below)
    {
        var item = $"{_name}/{DisplayName.Of(below)}";
        return new ItemFailure(
            item, ErrorCodes.SourceName, $"the name '{item}' is not UTF-8", "rename it, or exclude it", HidesDocuments: false);
    }
}
