using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Tidemark.Files;

namespace Tidemark.Sources;

/// <summary>Linux through its own calls: getdents64(2) and statx(2).</summary>
/// <param name="root">What lies below this folder is opened beneath it; null: everything as its path says.</param>
internal sealed unsafe class LinuxFileTree(LinuxRoot? root = null) : FileTree
{
    /// <summary>Whether the calls are there; they are since glibc 2.30.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && Probe();

    public override FileTree Beneath(byte[] path) => new LinuxFileTree(new LinuxRoot(path));

    public override void Hold() => root?.Hold();

    public override void Release() => root?.Release();

    public override void Close() => root?.Dispose();

    public override Folder? OpenFolder(ReadOnlySpan<byte> path, out FileFault? fault)
    {
        var descriptor = Open(path, out fault);
        if (descriptor < 0)
        {
            return null;
        }

        var folder = new LinuxFolder(descriptor);
        fault = folder.Read();
        if (fault is null)
        {
            return folder;
        }

        folder.Dispose();
        return null;
    }

    public override SafeFileHandle? OpenFile(ReadOnlySpan<byte> path, out FileFault? fault)
    {
        var descriptor = Open(path, out fault);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    public override FileFault? Look(ReadOnlySpan<byte> path, bool follow, out FileState state)
    {
        if (path.Length >= LinuxCalls.LongestPath)
        {
            state = default;
            return TooLong;
        }

        Span<byte> ended = stackalloc byte[path.Length + 1];
        path.CopyTo(ended);
        ended[path.Length] = 0;
        return Look(LinuxCalls.CurrentFolder, ended, follow ? 0 : LinuxCalls.NoFollow, out state);
    }

    public override FileFault? Look(SafeFileHandle file, out FileState state) =>
        Look((int)file.DangerousGetHandle(), "\0"u8, LinuxCalls.EmptyPath, out state);

    public override byte[]? Resolve(ReadOnlySpan<byte> path)
    {
        if (path.Length >= LinuxCalls.LongestPath)
        {
            return null;
        }

        var ended = stackalloc byte[path.Length + 1];
        path.CopyTo(new Span<byte>(ended, path.Length));
        ended[path.Length] = 0;
        var resolved = stackalloc byte[LinuxCalls.LongestPath];
        return LinuxCalls.ResolvePath(ended, resolved) is null
            ? null
            : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(resolved).ToArray();
    }

    internal static FileFault? Look(int folder, ReadOnlySpan<byte> endedName, int flags, out FileState state)
    {
        LinuxStat stat;
        fixed (byte* name = endedName)
        {
            if (LinuxCalls.Stat(folder, name, flags, LinuxCalls.BasicStats, &stat) != 0)
            {
                state = default;
                return LastFault();
            }
        }

        state = FileState.Of(stat);
        return null;
    }

    internal static FileFault LastFault() => FaultOf(Marshal.GetLastPInvokeError());

    internal static FileFault FaultOf(int code)
    {
        const int NoEntry = 2, NoAccess = 13, NotPermitted = 1, NameTooLong = 36, NotFolder = 20, SystemFiles = 23, ProcessFiles = 24;
        var kind = code switch
        {
            NoEntry => FileFaultKind.Missing,
            NoAccess or NotPermitted => FileFaultKind.Denied,
            NameTooLong => FileFaultKind.TooLong,
            NotFolder => FileFaultKind.NotAFolder,
            SystemFiles or ProcessFiles => FileFaultKind.NoDescriptors,
            _ => FileFaultKind.Other,
        };
        return new FileFault(kind, Marshal.GetPInvokeErrorMessage(code));
    }

    private static FileFault TooLong => new(FileFaultKind.TooLong, "File name too long");

    private int Open(ReadOnlySpan<byte> path, out FileFault? fault)
    {
        fault = TooLong;
        if (path.Length >= LinuxCalls.LongestPath)
        {
            return -1;
        }

        if (root is not null && root.Contains(path, out var below))
        {
            return root.Open(this, below, out fault);
        }

        var ended = stackalloc byte[path.Length + 1];
        path.CopyTo(new Span<byte>(ended, path.Length));
        ended[path.Length] = 0;
        var descriptor = LinuxCalls.OpenAt(LinuxCalls.CurrentFolder, ended, LinuxCalls.OpenForReading, 0);
        fault = descriptor < 0 ? LastFault() : null;
        return descriptor;
    }

    private static bool Probe()
    {
        try
        {
            byte nothing;
            LinuxCalls.GetEntries(-1, &nothing, 0);
            return Look(LinuxCalls.CurrentFolder, "/\0"u8, 0, out _) is null;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }
}
