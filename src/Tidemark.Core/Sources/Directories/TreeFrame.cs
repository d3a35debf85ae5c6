namespace Tidemark.Sources;

/// <summary>One folder on the path of a walk: those of its entries that are taken, in order, and how far the walk is.</summary>
internal sealed class TreeFrame(Folder folder, TreeFrame? outer, int pathLength, IgnoreScope? scope) : IDisposable
{
    private TreeEntry[] _entries = new TreeEntry[folder.Count];
    private int _count;

    public Folder Folder => folder;

    public TreeFrame? Outer => outer;

    public int PathLength => pathLength;

    public IgnoreScope? Scope => scope;

    public int Next { get; set; }

    public bool AtEnd => Next == _count;

    public ref readonly TreeEntry Current => ref _entries[Next];

    public ReadOnlySpan<byte> CurrentName => folder.NameOf(Current.Index);

    public void Add(TreeEntry entry) => _entries[_count++] = entry;

    public void Sort() => _entries = TreeOrder.Sort(_entries, _count, folder);

    /// <summary>Whether the folder is this one or one that it lies in.</summary>
    public bool IsWithin(FolderIdentity identity)
    {
        for (var frame = this; frame is not null; frame = frame.Outer)
        {
            if (frame.Folder.Identity == identity)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => folder.Dispose();
}

/// <param name="Index">In its folder.</param>
internal readonly record struct TreeEntry(int Index, EntryKind Kind, FileStamp Stamp);
