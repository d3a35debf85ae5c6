using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Tidemark.Sources;

/// <summary>
/// The file system as a listing sees it, with every folder that it enters watched before it is read. So exactly what is listed is
/// watched, by the same rules, and nothing can come into a folder between the two.
/// </summary>
internal sealed class WatchingFileTree(FileTree inner, FolderEvents events, WatchedSource source) : FileTree
{
    public override FileTree Beneath(byte[] root) => new WatchingFileTree(inner.Beneath(root), events, source);

    public override void Hold() => inner.Hold();

    public override void Release() => inner.Release();

    public override void Close() => inner.Close();

    public override Folder? OpenFolder(ReadOnlySpan<byte> path, out FileFault? fault)
    {
        events.Enter(source, Encoding.UTF8.GetString(path));
        var folder = inner.OpenFolder(path, out fault);
        for (var i = 0; i < folder?.Count; i++)
        {
            source.HasLinks |= folder.KindOf(i) == EntryKind.Link;
        }

        return folder;
    }

    public override SafeFileHandle? OpenFile(ReadOnlySpan<byte> path, out FileFault? fault) => inner.OpenFile(path, out fault);

    public override FileFault? Look(ReadOnlySpan<byte> path, bool follow, out FileState state) => inner.Look(path, follow, out state);

    public override FileFault? Look(SafeFileHandle file, out FileState state) => inner.Look(file, out state);

    public override byte[]? Resolve(ReadOnlySpan<byte> path) => inner.Resolve(path);
}
