using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tidemark.Files;

/// <summary>
/// The system calls of macOS that keep a run from waiting for a pipe, which the platform's classes tell from a file by nothing. Of
/// <c>struct stat</c> with inodes of 64 bits, 144 bytes long, only the mode is read.
/// </summary>
internal static unsafe partial class MacCalls
{
    /// <summary>O_CLOEXEC | O_NONBLOCK | O_NOCTTY, as macOS counts them.</summary>
    public const int OpenForReading = 0x100_0000 | 0x4 | 0x2_0000;

    private const int ModeAt = 4, Room = 512;

    /// <summary>On Intel the plain names are those of an older structure.</summary>
    private static bool IsIntel => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <param name="path">With a NUL at its end.</param>
    /// <param name="follow">False: of a link itself.</param>
    /// <returns>Null: it cannot be told.</returns>
    public static FileType? TypeOf(byte* path, bool follow)
    {
        var stat = stackalloc byte[Room];
        var outcome = (IsIntel, follow) switch
        {
            (true, true) => StatOnIntel(path, stat),
            (true, false) => LinkStatOnIntel(path, stat),
            (false, true) => Stat(path, stat),
            (false, false) => LinkStat(path, stat),
        };
        return outcome == 0 ? LinuxStat.TypeOf(*(ushort*)(stat + ModeAt)) : null;
    }

    /// <returns>Null: it cannot be told.</returns>
    public static FileType? TypeOf(SafeFileHandle file)
    {
        var stat = stackalloc byte[Room];
        var descriptor = (int)file.DangerousGetHandle();
        return (IsIntel ? FileStatOnIntel(descriptor, stat) : FileStat(descriptor, stat)) == 0
            ? LinuxStat.TypeOf(*(ushort*)(stat + ModeAt))
            : null;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    public static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "stat")]
    private static partial int Stat(byte* path, byte* result);

    [LibraryImport("libc", EntryPoint = "lstat")]
    private static partial int LinkStat(byte* path, byte* result);

    [LibraryImport("libc", EntryPoint = "fstat")]
    private static partial int FileStat(int descriptor, byte* result);

    [LibraryImport("libc", EntryPoint = "stat$INODE64")]
    private static partial int StatOnIntel(byte* path, byte* result);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64")]
    private static partial int LinkStatOnIntel(byte* path, byte* result);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64")]
    private static partial int FileStatOnIntel(int descriptor, byte* result);
}
