using Microsoft.Win32.SafeHandles;

namespace Tidemark.Sources;

/// <summary>
/// The few things the directory source asks of a file system. Paths are absolute, in UTF-8 or whatever bytes the system
/// has; a fault is a value, for one bad entry must not end a listing.
/// </summary>
internal abstract class FileTree
{
    private const string Portable = "Tidemark.PortableFileTree";

    private static FileTree? s_native;

    /// <summary>The fastest that works here; by a switch of the program (<c>Tidemark.PortableFileTree</c>) the one that works everywhere.</summary>
    public static FileTree Native => s_native ??= LinuxFileTree.IsSupported && !IsPortable ? new LinuxFileTree() : new PortableFileTree();

    private static bool IsPortable => AppContext.TryGetSwitch(Portable, out var isOn) && isOn;

    /// <summary>
    /// The same file system, of which what lies below <paramref name="root"/> is opened beneath it only, whatever is renamed or
    /// linked meanwhile (where the system can).
    /// </summary>
    /// <param name="root">An absolute path without a slash at its end.</param>
    public abstract FileTree Beneath(byte[] root);

    /// <summary>Keeps what <see cref="Beneath"/> holds open, for somebody who reads when the listing has ended.</summary>
    public virtual void Hold()
    {
    }

    /// <summary>Ends one hold.</summary>
    public virtual void Release()
    {
    }

    /// <summary>Gives back what <see cref="Beneath"/> holds, as soon as nobody holds it any more.</summary>
    public virtual void Close()
    {
    }

    public abstract Folder? OpenFolder(ReadOnlySpan<byte> path, out FileFault? fault);

    public abstract SafeFileHandle? OpenFile(ReadOnlySpan<byte> path, out FileFault? fault);

    /// <param name="follow">False: of a link itself.</param>
    public abstract FileFault? Look(ReadOnlySpan<byte> path, bool follow, out FileState state);

    public abstract FileFault? Look(SafeFileHandle file, out FileState state);

    /// <summary>The path without any link in it; null where it cannot be told, and then links are not followed.</summary>
    public abstract byte[]? Resolve(ReadOnlySpan<byte> path);
}
