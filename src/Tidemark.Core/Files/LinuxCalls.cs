using System.Runtime.InteropServices;

namespace Tidemark.Files;

/// <summary>
/// The system calls of Linux that give what the platform's classes hide: owner, ctime, inode, names as bytes, and opening
/// beneath a folder.
/// </summary>
internal static unsafe partial class LinuxCalls
{
    public const int CurrentFolder = -100;

    /// <summary>O_CLOEXEC | O_NONBLOCK | O_NOCTTY: a pipe that took a file's place must not block the run.</summary>
    public const int OpenForReading = 0x80000 | 0x800 | 0x100;
    public const int NoFollow = 0x100;
    public const int EmptyPath = 0x1000;

    /// <summary>Type, names, owner, mode, times, inode, size.</summary>
    public const uint BasicStats = 0x7FF;

    /// <summary>With the NUL at its end.</summary>
    public const int LongestPath = 4_096;

    /// <summary>RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS.</summary>
    public const ulong Beneath = 0x08 | 0x02;

    /// <summary>O_NOFOLLOW, which is one of the few flags that differ between processors.</summary>
    public static readonly int OpenNoFollow = HasOldFlags ? 0x8000 : 0x20000;

    /// <summary>O_PATH | O_DIRECTORY | O_CLOEXEC: a folder to open others from.</summary>
    public static readonly int OpenAsAnchor = 0x200000 | 0x80000 | (HasOldFlags ? 0x4000 : 0x10000);

    private const nint OpenAt2Number = 437;
    private const nuint OpenHowSize = 24;

    private static bool HasOldFlags => RuntimeInformation.ProcessArchitecture
        is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6 or Architecture.Ppc64le;

    /// <summary>openat2(2), which glibc has no function for.</summary>
    public static int OpenBeneath(int folder, byte* path, int flags, ulong resolve)
    {
        var how = stackalloc ulong[3] { (uint)flags, 0, resolve };
        return (int)SystemCall(OpenAt2Number, folder, path, how, OpenHowSize);
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint GetEntries(int descriptor, byte* buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int Stat(int folder, byte* path, int flags, uint mask, LinuxStat* result);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true)]
    public static partial byte* ResolvePath(byte* path, byte* resolved);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint User();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint folder, byte* path, ulong* how, nuint size);
}
