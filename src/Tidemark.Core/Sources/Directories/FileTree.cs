using Microsoft.Win32.SafeHandles;

namespace Tidemark.Sources;

/// <summary>
/// The few things the directory source asks of a file system. Paths are absolute, in UTF-8 or whatever bytes the system
/// has; a fault is a value, for one bad entry must not end a listing.
/// </summary>
internal abstract class FileTree
{
    private static FileTree? s_native;

    /// <summary>The fastest that works here.</summary>
    public static FileTree Native => s_native ??= LinuxFileTree.IsSupported ? new LinuxFileTree() : new PortableFileTree();

    public abstract Folder? OpenFolder(ReadOnlySpan<byte> path, out FileFault? fault);

    public abstract SafeFileHandle? OpenFile(ReadOnlySpan<byte> path, out FileFault? fault);

    /// <param name="follow">False: of a link itself.</param>
    public abstract FileFault? Look(ReadOnlySpan<byte> path, bool follow, out FileState state);

    public abstract FileFault? Look(SafeFileHandle file, out FileState state);

    /// <summary>The path without any link in it; null where it cannot be told, and then links are not followed.</summary>
    public abstract byte[]? Resolve(ReadOnlySpan<byte> path);
}
