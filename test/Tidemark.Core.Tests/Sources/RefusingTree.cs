using System.Text;
using Microsoft.Win32.SafeHandles;
using Tidemark.Sources;

namespace Tidemark.Tests.Sources;

/// <summary>A file system that opens nothing of one name, as if permissions forbade it (they do not bind root).</summary>
internal sealed class RefusingTree(FileTree inner, string name, FileFault? refusal = null) : FileTree
{
    private readonly FileFault _refusal = refusal ?? new(FileFaultKind.Denied, "Permission denied");

    public override FileTree Beneath(byte[] root) => new RefusingTree(inner.Beneath(root), name, refusal);

    public override Folder? OpenFolder(ReadOnlySpan<byte> path, out FileFault? fault)
    {
        fault = _refusal;
        return Refuses(path) ? null : inner.OpenFolder(path, out fault);
    }

    public override SafeFileHandle? OpenFile(ReadOnlySpan<byte> path, out FileFault? fault)
    {
        fault = _refusal;
        return Refuses(path) ? null : inner.OpenFile(path, out fault);
    }

    public override FileFault? Look(ReadOnlySpan<byte> path, bool follow, out FileState state) =>
        inner.Look(path, follow, out state);

    public override FileFault? Look(SafeFileHandle file, out FileState state) => inner.Look(file, out state);

    public override byte[]? Resolve(ReadOnlySpan<byte> path) => inner.Resolve(path);

    private bool Refuses(ReadOnlySpan<byte> path) => path.EndsWith(Encoding.UTF8.GetBytes('/' + name));
}
