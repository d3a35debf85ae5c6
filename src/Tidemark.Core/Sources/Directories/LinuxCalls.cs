using System.Runtime.InteropServices;

namespace Tidemark.Sources;

/// <summary>The system calls of Linux that give what the platform's classes hide: ctime, inode, names as bytes.</summary>
internal static unsafe partial class LinuxCalls
{
    public const int CurrentFolder = -100;

    /// <summary>O_CLOEXEC | O_NONBLOCK | O_NOCTTY: a pipe that took a file's place must not block the run.</summary>
    public const int OpenForReading = 0x80000 | 0x800 | 0x100;
    public const int NoFollow = 0x100;
    public const int EmptyPath = 0x1000;

    /// <summary>Type, mode, times, inode, size.</summary>
    public const uint BasicStats = 0x7FF;

    /// <summary>With the NUL at its end.</summary>
    public const int LongestPath = 4_096;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    public static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint GetEntries(int descriptor, byte* buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int Stat(int folder, byte* path, int flags, uint mask, LinuxStat* result);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true)]
    public static partial byte* ResolvePath(byte* path, byte* resolved);
}
