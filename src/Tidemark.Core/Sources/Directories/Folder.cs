using System.Buffers;

namespace Tidemark.Sources;

/// <summary>The entries of one folder, as the file system gives them: unsorted, their names in one pooled buffer.</summary>
internal abstract class Folder : IDisposable
{
    private byte[] _names = ArrayPool<byte>.Shared.Rent(4_096);
    private int _used;
    private FolderEntry[] _entries = new FolderEntry[32];

    public int Count { get; private set; }

    public FolderIdentity Identity { get; protected init; }

    public ReadOnlySpan<byte> NameOf(int index) => _names.AsSpan(_entries[index].Start, _entries[index].Length);

    /// <summary><see cref="EntryKind.Unknown"/> where only <see cref="Look"/> tells.</summary>
    public EntryKind KindOf(int index) => _entries[index].Kind;

    public abstract FileFault? Look(int index, bool follow, out FileState state);

    /// <summary>Gives the system's handle back; the names stay until the folder is disposed.</summary>
    public virtual void Close()
    {
    }

    public void Dispose()
    {
        Close();
        ArrayPool<byte>.Shared.Return(_names);
        (_names, Count) = ([], 0);
        GC.SuppressFinalize(this);
    }

    /// <summary>The name with a NUL after it, as the system's calls want it.</summary>
    protected ReadOnlySpan<byte> NameWithEnd(int index) =>
        _names.AsSpan(_entries[index].Start, _entries[index].Length + 1);

    protected void Add(ReadOnlySpan<byte> name, EntryKind kind)
    {
        if (Count == _entries.Length)
        {
            var larger = new FolderEntry[2 * Count];
            Array.Copy(_entries, larger, Count);
            _entries = larger;
        }

        if (_used + name.Length + 1 > _names.Length)
        {
            GrowNames(name.Length + 1);
        }

        name.CopyTo(_names.AsSpan(_used));
        _names[_used + name.Length] = 0;
        _entries[Count++] = new FolderEntry(_used, name.Length, kind);
        _used += name.Length + 1;
    }

    private void GrowNames(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_used + more, _names.Length * 2));
        _names.AsSpan(0, _used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_names);
        _names = larger;
    }

    private readonly struct FolderEntry(int start, int length, EntryKind kind)
    {
        public readonly int Start = start;
        public readonly int Length = length;
        public readonly EntryKind Kind = kind;
    }
}
