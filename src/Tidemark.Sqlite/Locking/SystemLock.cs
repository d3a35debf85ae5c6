using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Tidemark.Sqlite.Locking;

/// <summary>
/// The system's lock of a whole file (flock(2)), which ends with its process. It is taken on the file, not on its name.
/// </summary>
internal static partial class SystemLock
{
    private const int Create = 0x40, Exclusive = 0x80;

    /// <summary>O_CLOEXEC | O_NONBLOCK | O_NOCTTY: a pipe in the file's place must not block.</summary>
    private const int Cautious = 0x80000 | 0x800 | 0x100;
    private const int ReadWrite = 2;
    private const int OwnerOnly = 0x180; // 0600

    private const int Interrupted = 4, TryAgain = 11, Exists = 17, NoEntry = 2, NoAccess = 13, NotPermitted = 1;
    private const int ProcessFiles = 24, SystemFiles = 23, IsFolder = 21, NoDevice = 6, TooManyLinks = 40;

    private const int LockAtOnce = 2 | 4;
    private const int Unlock = 8;

    private const int AskForLock = 36, SetOwnLock = 37; // F_OFD_GETLK, F_OFD_SETLK
    private const short ForReading = 0, ForWriting = 1, Nothing = 2;
    private const long FarBehind = 0x7FFF_FFFF_FFFF_0000;

    /// <summary>A byte for each name that a file may be opened by, before the writers' one.</summary>
    private const long Names = FarBehind - NameSlots;

    /// <summary>So many of them.</summary>
    public const int NameSlots = 1 << 20;

    [SupportedOSPlatformGuard("linux")]
    public static bool IsSupported => OperatingSystem.IsLinux();

    private static int NoFollow => RuntimeInformation.ProcessArchitecture
        is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6 or Architecture.Ppc64le ? 0x8000 : 0x20000;

    /// <summary>To read and write; made for its owner alone if it is not there. No link is followed.</summary>
    [SupportedOSPlatform("linux")]
    public static SafeFileHandle Open(string path)
    {
        while (true)
        {
            var made = Open(path, ReadWrite | Create | Exclusive | Cautious | NoFollow, OwnerOnly);
            if (made >= 0)
            {
                var file = new SafeFileHandle(made, ownsHandle: true);
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                return file;
            }

            var code = Marshal.GetLastPInvokeError();
            if (code != Exists)
            {
                throw Fault(code);
            }

            var opened = Open(path, ReadWrite | Cautious | NoFollow, 0);
            code = Marshal.GetLastPInvokeError();
            if (opened >= 0)
            {
                return new SafeFileHandle(opened, ownsHandle: true);
            }

            if (code != NoEntry)
            {
                throw Fault(code);
            }
        }
    }

    /// <summary>For reading, without following a link; null: it cannot be opened.</summary>
    public static SafeFileHandle? OpenForReading(string path)
    {
        var opened = Open(path, Cautious | NoFollow, 0);
        return opened >= 0 ? new SafeFileHandle(opened, ownsHandle: true) : null;
    }

    /// <summary>For reading and writing, if that may be, else for reading.</summary>
    public static SafeFileHandle? OpenToLock(string path)
    {
        var opened = Open(path, ReadWrite | Cautious | NoFollow, 0);
        return opened >= 0 ? new SafeFileHandle(opened, ownsHandle: true) : OpenForReading(path);
    }

    /// <summary>
    /// Locks the byte of a file that no content reaches, for whoever has this descriptor (an open file description lock, fcntl(2));
    /// true also where the file system knows no locks, or the file is open for reading only.
    /// </summary>
    public static bool TryTakeByte(SafeFileHandle file) =>
        !Environment.Is64BitProcess || Control(file, SetOwnLock, Byte(ForWriting)) == 0
        || Marshal.GetLastPInvokeError() is not (TryAgain or NoAccess);

    public static void ReleaseByte(SafeFileHandle file) =>
        _ = Environment.Is64BitProcess ? Control(file, SetOwnLock, Byte(Nothing)) : 0;

    /// <summary>Says, as long as this descriptor is open, that the file is used under a name; any number may do so at once.</summary>
    public static void ShareName(SafeFileHandle file, int slot)
    {
        if (Environment.Is64BitProcess)
        {
            _ = Control(file, SetOwnLock, new LockRange { Type = ForReading, Start = Names + slot, Length = 1 });
        }
    }

    /// <summary>Whether somebody uses the file under another name than this; false also where that cannot be told.</summary>
    public static bool IsUnderOtherName(SafeFileHandle file, int slot) =>
        Environment.Is64BitProcess && (IsTaken(file, Names, slot) || IsTaken(file, Names + slot + 1, NameSlots - slot - 1));

    private static bool IsTaken(SafeFileHandle file, long start, long length)
    {
        var range = new LockRange { Type = ForWriting, Start = start, Length = length };
        return length > 0 && Ask(file, AskForLock, ref range) == 0 && range.Type != Nothing;
    }

    /// <summary>True also where the file system knows no locks.</summary>
    public static bool TryTake(SafeFileHandle file)
    {
        while (IsSupported && Lock(file, LockAtOnce) != 0)
        {
            var code = Marshal.GetLastPInvokeError();
            if (code != Interrupted)
            {
                return code != TryAgain;
            }
        }

        return true;
    }

    public static void Release(SafeFileHandle file) => _ = IsSupported ? Lock(file, Unlock) : 0;

    public static bool IsLink(IOException e) => IsSupported && e.HResult == TooManyLinks;

    public static bool IsOutOfFiles(IOException e) => IsSupported && e.HResult is ProcessFiles or SystemFiles;

    private static Exception Fault(int code)
    {
        var message = code is IsFolder or NoDevice ? "it is a folder or a device" : Marshal.GetPInvokeErrorMessage(code);
        return code is NoAccess or NotPermitted ? new UnauthorizedAccessException(message) : new IOException(message, code);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags, int mode);

    private static LockRange Byte(short type) => new() { Type = type, Start = FarBehind, Length = 1 };

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, int command, in LockRange range);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Ask(SafeFileHandle file, int command, ref LockRange range);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(SafeFileHandle file, int operation);

    /// <summary><c>struct flock</c> of a 64-bit system.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct LockRange
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }
}
