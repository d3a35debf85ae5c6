using System.Text;
using Microsoft.Win32.SafeHandles;
using Tidemark.Sources;

namespace Tidemark.Tests.Sources;

/// <summary>A file system in which somebody swaps something in the moment before a path is opened.</summary>
/// <param name="beneath">What opens beneath the source's folder.</param>
internal sealed class SwappingTree(FileTree inner, Func<byte[], FileTree> beneath, string at, Action swap) : FileTree
{
    private bool _swapped;

    public override FileTree Beneath(byte[] root) => new SwappingTree(beneath(root), beneath, at, swap);

    public override Folder? OpenFolder(ReadOnlySpan<byte> path, out FileFault? fault)
    {
        Swap(path);
        return inner.OpenFolder(path, out fault);
    }

    public override SafeFileHandle? OpenFile(ReadOnlySpan<byte> path, out FileFault? fault)
    {
        Swap(path);
        return inner.OpenFile(path, out fault);
    }

    public override FileFault? Look(ReadOnlySpan<byte> path, bool follow, out FileState state) =>
        inner.Look(path, follow, out state);

    public override FileFault? Look(SafeFileHandle file, out FileState state) => inner.Look(file, out state);

    public override byte[]? Resolve(ReadOnlySpan<byte> path) => inner.Resolve(path);

    private void Swap(ReadOnlySpan<byte> path)
    {
        if (!_swapped && path.EndsWith(Encoding.UTF8.GetBytes('/' + at)))
        {
            _swapped = true;
            swap();
        }
    }
}
