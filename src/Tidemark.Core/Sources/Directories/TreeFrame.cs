using System.Buffers;

namespace Tidemark.Sources;

/// <summary>One folder on the path of a walk: those of its entries that are taken, in order, and how far the walk is.</summary>
internal sealed class TreeFrame(Folder folder, TreeFrame? outer, int pathLength, IgnoreScope? scope) : IDisposable
{
    private TreeEntry[] _entries = ArrayPool<TreeEntry>.Shared.Rent(Math.Max(folder.Count, 1));
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

    public void Sort() => _entries.AsSpan(0, _count).Sort(new ByPath(folder));

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

    public void Dispose()
    {
        folder.Dispose();
        ArrayPool<TreeEntry>.Shared.Return(_entries);
        (_entries, _count, Next) = ([], 0, 0);
    }

    /// <summary>By the bytes of the paths below: a folder's name counts with the slash after it.</summary>
    private readonly struct ByPath(Folder folder) : IComparer<TreeEntry>
    {
        public int Compare(TreeEntry x, TreeEntry y)
        {
            var a = folder.NameOf(x.Index);
            var b = folder.NameOf(y.Index);
            var common = a.CommonPrefixLength(b);
            return ByteAt(a, common, x.Kind).CompareTo(ByteAt(b, common, y.Kind));
        }

        private static int ByteAt(ReadOnlySpan<byte> name, int at, EntryKind kind) =>
            at < name.Length ? name[at] : kind == EntryKind.Folder ? '/' : -1;
    }
}

/// <param name="Index">In its folder.</param>
internal readonly record struct TreeEntry(int Index, EntryKind Kind, FileStamp Stamp);
