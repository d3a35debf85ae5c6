using Microsoft.Win32.SafeHandles;
using Tidemark.Sources;

namespace Tidemark.Tests.Sources;

/// <summary>A file system in which something happens to a file while it is read.</summary>
/// <param name="whileReading">Called between the looks before and after reading; the argument counts the attempts.</param>
internal sealed class UnsteadyTree(FileTree inner, Action<int> whileReading) : FileTree
{
    private SafeFileHandle? _lookedAt;
    private int _attempts;

    public override FileTree Beneath(byte[] root) => new UnsteadyTree(inner.Beneath(root), whileReading);

    public override Folder? OpenFolder(ReadOnlySpan<byte> path, out FileFault? fault) => inner.OpenFolder(path, out fault);

    public override SafeFileHandle? OpenFile(ReadOnlySpan<byte> path, out FileFault? fault) => inner.OpenFile(path, out fault);

    public override FileFault? Look(ReadOnlySpan<byte> path, bool follow, out FileState state) =>
        inner.Look(path, follow, out state);

    public override FileFault? Look(SafeFileHandle file, out FileState state)
    {
        var fault = inner.Look(file, out state);
        if (_lookedAt != file)
        {
            _lookedAt = file;
            whileReading(++_attempts);
        }

        return fault;
    }

    public override byte[]? Resolve(ReadOnlySpan<byte> path) => inner.Resolve(path);
}
