using System.Buffers;

namespace Tidemark.Sources;

/// <summary>The entries of one folder, as the file system gives them: unsorted, their names in one pooled buffer.</summary>
internal abstract class Folder : IDisposable
{
    private byte[] _names = ArrayPool<byte>.Shared.Rent(4_096);
    private int _used;
    private (int Start, int Length, EntryKind Kind)[] _entries =
        ArrayPool<(int, int, EntryKind)>.Shared.Rent(64);

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
        ArrayPool<(int, int, EntryKind)>.Shared.Return(_entries);
        (_names, _entries, Count) = ([], [], 0);
        GC.SuppressFinalize(this);
    }

    /// <summary>The name with a NUL after it, as the system's calls want it.</summary>
    protected ReadOnlySpan<byte> NameWithEnd(int index) =>
        _names.AsSpan(_entries[index].Start, _entries[index].Length + 1);

    protected void Add(ReadOnlySpan<byte> name, EntryKind kind)
    {
        if (Count == _entries.Length)
        {
            Grow(ref _entries, Count + 1);
        }

        if (_used + name.Length + 1 > _names.Length)
        {
            Grow(ref _names, _used + name.Length + 1);
        }

        name.CopyTo(_names.AsSpan(_used));
        _names[_used + name.Length] = 0;
        _entries[Count++] = (_used, name.Length, kind);
        _used += name.Length + 1;
    }

    private static void Grow<T>(ref T[] array, int least)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(least, array.Length * 2));
        array.CopyTo(larger, 0);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
