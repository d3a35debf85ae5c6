using System.Security;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tidemark.Files;

namespace Tidemark.Sources;

/// <summary>
/// Any system through the platform's classes: size and mtime only, and links are not followed, since where they lead
/// cannot be told for sure.
/// </summary>
internal sealed class PortableFileTree : FileTree
{
    public override FileTree Beneath(byte[] root) => this;

    public override Folder? OpenFolder(ReadOnlySpan<byte> path, out FileFault? fault)
    {
        var folder = new PortableFolder(Encoding.UTF8.GetString(path));
        fault = Try(folder.Read);
        if (fault is null)
        {
            return folder;
        }

        folder.Dispose();
        return null;
    }

    public override SafeFileHandle? OpenFile(ReadOnlySpan<byte> path, out FileFault? fault)
    {
        var name = Encoding.UTF8.GetString(path);
        SafeFileHandle? handle = null;
        fault = Try(() => handle = PromptFile.Open(name));
        return handle;
    }

    public override FileFault? Look(ReadOnlySpan<byte> path, bool follow, out FileState state)
    {
        var name = Encoding.UTF8.GetString(path);
        var found = default(FileState);
        var fault = Try(() => found = StateOf(Directory.Exists(name) ? new DirectoryInfo(name) : new FileInfo(name)));
        state = found;
        return fault;
    }

    public override FileFault? Look(SafeFileHandle file, out FileState state)
    {
        var found = default(FileState);
        var fault = Try(() => found = new FileState(
            FileState.KindOf(FileFacts.Of(file).Type),
            new FileStamp(RandomAccess.GetLength(file), Nanoseconds(File.GetLastWriteTimeUtc(file)), 0, 0),
            default));
        state = found;
        return fault;
    }

    public override byte[]? Resolve(ReadOnlySpan<byte> path) => null;

    internal static FileState StateOf(FileSystemInfo entry) => entry switch
    {
        _ when entry.LinkTarget is not null => new FileState(EntryKind.Link, default, default),
        FileInfo file => new FileState(
            KindOf(file), new FileStamp(file.Length, Nanoseconds(file.LastWriteTimeUtc), 0, 0), default),
        _ => new FileState(EntryKind.Folder, default, default),
    };

    /// <summary>A pipe, a socket, a device is a file to the platform's classes, and opening it may wait for ever.</summary>
    private static EntryKind KindOf(FileInfo file)
    {
        if (OperatingSystem.IsWindows())
        {
            return EntryKind.File;
        }

        try
        {
            return FileState.KindOf(FileFacts.Of(file.FullName, follow: false)?.Type ?? FileType.File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return EntryKind.File; // what is wrong with it shows when it is opened
        }
    }

    private static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * 100;

    private static FileFault? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new FileFault(FileFaultKind.Missing, e.Message);
        }
        catch (PathTooLongException e)
        {
            return new FileFault(FileFaultKind.TooLong, e.Message);
        }
        catch (UnauthorizedAccessException e)
        {
            return new FileFault(FileFaultKind.Denied, e.Message);
        }
        catch (Exception e) when (e is IOException or ArgumentException or SecurityException or NotSupportedException)
        {
            return new FileFault(FileFaultKind.Other, e.Message);
        }
    }
}
