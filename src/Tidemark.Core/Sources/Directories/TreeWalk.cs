using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Walks a tree depth first, in the order of the UTF-8 bytes of the paths; holds one folder a level in memory.</summary>
internal sealed class TreeWalk : IDisposable
{
    private readonly FolderScan _scan;
    private readonly PathBuffer _path;
    private TreeFrame? _frame;

    /// <param name="root">An absolute path without a slash at its end.</param>
    /// <param name="above">The ignore rules of the folders around the root.</param>
    public TreeWalk(FolderScan scan, byte[] root, IgnoreScope? above, List<ItemFailure> failures)
    {
        _scan = scan;
        _path = new PathBuffer(root);
        _frame = scan.Read(_path, outer: null, above, failures);
    }

    /// <summary>Fills the page; false: the page was not filled, there is nothing more.</summary>
    public bool Fill(DirectoryPage page)
    {
        while (_frame is { } frame)
        {
            if (frame.AtEnd)
            {
                _frame = frame.Outer;
                frame.Dispose();
                continue;
            }

            _path.Descend(frame.PathLength, frame.CurrentName);
            if (frame.Current.Kind == EntryKind.Folder)
            {
                frame.Next++;
                _frame = _scan.Read(_path, frame, frame.Scope, page.FailureList) ?? frame;
            }
            else if (page.TryAdd(_path.Span, frame.Current.Stamp))
            {
                frame.Next++;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        while (_frame is { } frame)
        {
            _frame = frame.Outer;
            frame.Dispose();
        }
    }
}
